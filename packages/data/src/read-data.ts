import { DataError } from './data-error.js';
import { formats } from './formats/index.js';
import type { DataFile, Format, Reading, ReadOptions, ReadParts } from './format.js';

export interface ReadDataOptions extends ReadOptions {
  /** A name in `formats`, or a format of one's own. @default the one that takes files of these names; said */
  format?: string | Format | undefined;
}

/**
 * Reads files in the format that they have: tables, arrays, pictures.
 * @param what the files are called together, in errors: a file's name, or a folder's
 * @throws DataError for files of no format that is known, and for broken ones
 * @throws RangeError for a format that is not known, and an option that the format does not take
 */
export async function readData(
  what: string,
  files: readonly DataFile[],
  { format: asked, ...options }: ReadDataOptions = {},
  reading: Reading = {},
): Promise<ReadParts & { format: string }> {
  const format = typeof asked === 'object' ? asked : formatOf(what, files, asked);
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const refused = given.find(([name]) => !format.takes.includes(name as keyof ReadOptions));
  if (refused)
    throw new RangeError(
      `Cannot read ${what}: found ${refused[0]} ${JSON.stringify(refused[1])}, expected ${format.takes.length === 0 ? 'no options' : `options among ${format.takes.join(', ')}`} for ${format.name}`,
    );
  return { ...(await format.read(files, Object.fromEntries(given), reading)), format: format.name };
}

function formatOf(what: string, files: readonly DataFile[], asked: string | undefined): Format {
  const known: readonly Format[] = Object.values(formats);
  if (asked !== undefined) {
    const named = known.find(({ name }) => name === asked);
    if (named) return named;
    throw new RangeError(
      `Cannot read ${what}: found format "${asked}", expected one of ${known.map(({ name }) => name).join(', ')}`,
    );
  }
  const names = files.map(({ name }) => name);
  const found = known.find((format) => format.accepts(names));
  if (found) return found;
  const shown = names.slice(0, 3).join(', ') + (names.length > 3 ? `, … (${names.length} files)` : '');
  throw new DataError(
    `Cannot read ${what}: found ${shown || 'no file'}, expected files of one format: ${known.map(({ name }) => name).join(', ')}; name it where their names do not tell`,
  );
}
