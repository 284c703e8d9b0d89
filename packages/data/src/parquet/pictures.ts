import { DataError } from '../data-error.js';
import type { Examples } from '../examples.js';
import type { DataFile, Reading, ReadOptions, ReadParts } from '../format.js';
import { examplesOfImages, type Picture } from '../images/examples-of-images.js';
import { partsOfFiles } from '../tables/parts-by-name.js';
import type { Parquet } from './open-parquet.js';

/** The column with pictures: records of `bytes` and `path`, as Hugging Face writes them. */
export function pictureColumnOf({ columns }: Parquet, options: ReadOptions): string | undefined {
  const found = columns
    .filter(({ children }) =>
      children.some(({ element }) => element.name === 'bytes' && element.type === 'BYTE_ARRAY'),
    )
    .map(({ element }) => element.name)
    .filter((name) => options.columns?.includes(name) ?? true);
  return found[0];
}

interface Opened {
  file: DataFile;
  parquet: Parquet;
}

/**
 * Pictures in a column, with labels of another: `label`, unless another is asked for, or none (`label: 'none'`). The names of the classes
 * are those that Hugging Face notes in the file, or the texts themselves, in the order of their code units.
 */
export async function readPictures(
  opened: readonly Opened[],
  column: string,
  options: ReadOptions,
  reading: Reading,
): Promise<ReadParts> {
  const first = opened[0]!.parquet;
  const names = first.columns.map(({ element }) => element.name);
  const label =
    options.label === 'none'
      ? undefined
      : (options.label ?? ['label', 'labels'].find((name) => names.includes(name)));
  if (label !== undefined && !names.includes(label))
    throw new DataError(
      `Cannot read ${opened[0]!.file.name}: found no column "${label}", expected one of ${names.join(', ')}`,
    );
  reading.notice?.(
    `${opened[0]!.file.name}: pictures of column "${column}", ${label === undefined ? 'without labels' : `labels of column "${label}"`}`,
  );

  const parts = partsOfFiles(opened.map((each) => ({ ...each, name: each.file.name })));
  const labels = new Map<string, unknown[]>();
  if (label !== undefined)
    for (const [part, files] of parts)
      labels.set(part, (await Promise.all(files.map(({ parquet }) => allOf(parquet, label)))).flat());
  const classes = label === undefined ? undefined : classesOf(first, label, [...labels.values()].flat());

  const result: Record<string, Examples> = {};
  const skipped: string[] = [];
  for (const [part, files] of parts) {
    const read = await examplesOfImages(
      files.flatMap((each) => picturesOf(each, column)),
      options,
      reading,
    );
    skipped.push(...read.skipped);
    const found = labels.get(part);
    result[part] = {
      ...read.examples,
      ...(found && {
        classes: classes!,
        labels: placesOf(
          read.places.map((place) => found[place]),
          classes!,
          opened[0]!.file.name,
        ),
      }),
    };
  }
  return { ...(result as unknown as ReadParts), ...(skipped.length > 0 && { skipped }) };
}

/** Pictures in the order of their rows; a group of rows is held at a time. */
function picturesOf({ file, parquet }: Opened, column: string): Picture[] {
  let held: { group: number; values: Promise<ArrayLike<unknown>> } | undefined;
  return parquet.groups.flatMap(({ from, to }, group) =>
    Array.from({ length: to - from }, (_, row) => ({
      name: `${file.name}, row ${from + row + 1}`,
      read: async () => {
        if (held?.group !== group) held = { group, values: parquet.read(column, group) };
        const { bytes } = ((await held.values)[row] ?? {}) as { bytes?: unknown };
        if (bytes instanceof Uint8Array) return bytes;
        throw new DataError(
          `Cannot read ${file.name}, row ${from + row + 1}: found no bytes in column "${column}", expected a picture's file`,
        );
      },
    })),
  );
}

async function allOf(parquet: Parquet, column: string): Promise<unknown[]> {
  const values: unknown[] = [];
  for (const group of parquet.groups.keys())
    for (const value of Array.from(await parquet.read(column, group))) values.push(value);
  return values;
}

function classesOf({ notes }: Parquet, label: string, values: readonly unknown[]): string[] {
  const noted = namesIn(notes.get('huggingface'), label);
  if (noted && values.every((value) => Number(value) < noted.length)) return noted;
  return [...new Set(values.map(String))].sort();
}

function namesIn(note: string | undefined, label: string): string[] | undefined {
  try {
    const { info } = JSON.parse(note ?? '{}') as {
      info?: { features?: Record<string, { names?: unknown } | undefined> };
    };
    const names = info?.features?.[label]?.names;
    return Array.isArray(names) && names.every((name) => typeof name === 'string') ? names : undefined;
  } catch {
    return undefined; // another program's note
  }
}

function placesOf(
  values: readonly unknown[],
  classes: readonly string[],
  name: string,
): Uint8Array | Uint16Array {
  const places = values.map((value) => {
    const place =
      typeof value === 'string'
        ? classes.indexOf(value)
        : (classes.indexOf(String(value)) + 1 || Number(value) + 1) - 1;
    if (value === null || !(place >= 0 && place < classes.length))
      throw new DataError(
        `Cannot read ${name}: found label ${String(value)}, expected one of ${classes.slice(0, 20).join(', ')}`,
      );
    return place;
  });
  return classes.length > 256 ? Uint16Array.from(places) : Uint8Array.from(places);
}
