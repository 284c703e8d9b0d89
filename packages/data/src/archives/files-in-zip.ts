import type { DataFile } from '../format.js';
import { readZip } from './zip.js';

/**
 * The files of a ZIP archive. Only its directory is read, and of the files those that are asked for; the last one stays unpacked, since it
 * may be read in pieces.
 * @throws DataError for what is no ZIP archive, or is cut
 */
export async function filesInZip(file: DataFile): Promise<DataFile[]> {
  const entries = await readZip(file);
  let last: { name: string; bytes: Uint8Array } | undefined;
  return entries
    .filter(({ name }) => !name.endsWith('/'))
    .map((entry) => ({
      ...{ name: entry.name, size: entry.size },
      async read(from = 0, to = entry.size) {
        if (last?.name !== entry.name) last = { name: entry.name, bytes: await entry.read() };
        return last.bytes.subarray(from, to);
      },
    }));
}
