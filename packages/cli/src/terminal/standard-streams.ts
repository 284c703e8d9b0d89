import { fstatSync, writeSync } from 'node:fs';

/**
 * Lets work go on whatever becomes of standard output and standard error: who reads them may leave, the disk behind
 * them may be full, the terminal may be closed.
 */
export function outliveReaders(): void {
  process.stderr.on('error', () => {});
  process.stdout.on('error', keep);
}

/** Writes to standard error, where it can be written to. */
export function tell(text: string): void {
  try {
    process.stderr.write(text);
  } catch {
    // nobody reads; what is told is not worth what is being done
  }
}

/** Writes to standard output; `printed` says whether it arrived. */
export function print(text: string): void {
  try {
    if (isFile(process.stdout.fd)) writeWhole(process.stdout.fd, Buffer.from(text));
    else process.stdout.write(text);
  } catch (error) {
    keep(error as NodeJS.ErrnoException);
  }
}

/**
 * Waits until everything printed is on its way.
 * @throws OutputError where it could not be written; not where the reader left, who has enough, as `head` has
 */
export async function printed(): Promise<void> {
  await new Promise<void>((resolve) => process.stdout.write('', () => resolve()));
  const found = fault;
  fault = undefined;
  if (found) throw new OutputError(found);
}

/** The result of a command could not be written where it was sent; `ae` exits with 74. */
export class OutputError extends Error {
  override name = 'OutputError';
  constructor(cause: NodeJS.ErrnoException) {
    const found = FOUND[cause.code!] ?? 'found it cannot be written to';
    super(
      `Cannot print to standard output: ${found} (${cause.code}), expected room for the result; the files that the command wrote are whole`,
      { cause },
    );
  }
}

const FOUND: Record<string, string> = {
  ENOSPC: 'found no space left',
  EDQUOT: 'found the quota used up',
  EFBIG: 'found a file as large as it may become',
  EIO: 'found a device that fails',
};

let fault: NodeJS.ErrnoException | undefined;

function keep(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') fault ??= error;
}

function isFile(fd: number): boolean {
  const stats = fstatSync(fd);
  return stats.isFile() || (stats.isCharacterDevice() && !process.stdout.isTTY);
}

/** A file that has room for a part takes that part without a word, and Node.js does not look. */
function writeWhole(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
}
