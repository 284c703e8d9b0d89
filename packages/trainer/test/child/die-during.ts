import files from 'node:fs/promises';

/**
 * Kills this process with SIGKILL in the middle of a save. `death` is `half 3`, `written 3` or `renamed 3`: when half
 * of the third checkpoint is written, when all of it is, or right after it got its name.
 */
export function dieDuring(death: string): void {
  const [moment, nth] = death.split(' ');
  const { open, rename } = files;
  let saves = 0;
  const isNth = (path: unknown) => String(path).includes('checkpoint.safetensors') && saves === Number(nth);
  Object.assign(files, {
    async open(path: string, flags: string) {
      const file = await open(path, flags);
      if (/checkpoint\.safetensors\..*tmp$/.test(path)) saves += 1;
      if (!isNth(path)) return file;
      const writeFile = file.writeFile.bind(file);
      file.writeFile = async (content) => {
        const bytes = content as Uint8Array;
        await writeFile(moment === 'half' ? bytes.subarray(0, bytes.length / 2) : bytes);
        if (moment === 'half' || moment === 'written') process.kill(process.pid, 'SIGKILL');
      };
      return file;
    },
    async rename(from: string, to: string) {
      await rename(from, to);
      if (moment === 'renamed' && isNth(to)) process.kill(process.pid, 'SIGKILL');
    },
  });
}
