import { DataError } from './data-error.js';
import { formats } from './formats/index.js';
import type { Archive, DataFile, Format, Reading, ReadOptions, ReadParts } from './format.js';

export interface ReadDataOptions extends ReadOptions {
  /** A name in `formats`, or a format of one's own. @default the one that takes files of these names; said */
  format?: string | Format | undefined;
}

/**
 * Reads files in the format that they have: tables, arrays, pictures. An archive is opened, and its files are read; one within it is not.
 * @param what the files are called together, in errors: a file's name, or a folder's
 * @throws RangeError for files of no format that is known, a format that is not, and an option that the format does not take
 * @throws DataError for broken files, and an archive of files of no format that is known
 */
export async function readData(
  what: string,
  files: readonly DataFile[],
  { format: asked, ...options }: ReadDataOptions = {},
  reading: Reading = {},
): Promise<ReadParts & { format: string }> {
  const archive = typeof asked === 'object' ? undefined : archiveOf(files, asked);
  const opened = archive ? await archive.open(files, reading) : files;
  const inside = asked === archive?.name ? undefined : asked;
  const format =
    typeof inside === 'object' ? inside : formatOf(what, opened, inside, archive ? DataError : RangeError);
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const refused = given.find(([name]) => !format.takes.includes(name as keyof ReadOptions));
  if (refused)
    throw new RangeError(
      `Cannot read ${what}: found ${refused[0]} ${JSON.stringify(refused[1])}, expected ${format.takes.length === 0 ? 'no options' : `options among ${format.takes.join(', ')}`} for ${format.name}`,
    );
  return { ...(await format.read(opened, Object.fromEntries(given), reading)), format: format.name };
}

const known: readonly (Format | Archive)[] = Object.values(formats);
const archives = known.filter((each) => 'open' in each);
const readable = known.filter((each) => 'read' in each);

const namesOf = (files: readonly DataFile[]) => files.map(({ name }) => name);

const archiveOf = (files: readonly DataFile[], asked: string | undefined): Archive | undefined =>
  archives.find(({ name, accepts }) => name === asked || accepts(namesOf(files)));

function formatOf(
  what: string,
  files: readonly DataFile[],
  asked: string | undefined,
  Unknown: typeof DataError | typeof RangeError,
): Format {
  if (asked !== undefined) {
    const named = readable.find(({ name }) => name === asked);
    if (named) return named;
    throw new RangeError(
      `Cannot read ${what}: found format "${asked}", expected one of ${known.map(({ name }) => name).join(', ')}`,
    );
  }
  const names = namesOf(files);
  const found = readable.find((format) => format.accepts(names));
  if (found) return found;
  const shown = names.slice(0, 3).join(', ') + (names.length > 3 ? `, … (${names.length} files)` : '');
  throw new Unknown(
    `Cannot read ${what}: found ${shown || 'no file'}, expected files of one format: ${known.map(({ name }) => name).join(', ')}; name it where their names do not tell`,
  );
}
