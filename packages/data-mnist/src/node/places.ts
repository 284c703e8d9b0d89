import { readdir, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { FileError } from '@ae/data';
import { kindOf } from '@ae/data/node';
import { type Part, parts } from '../data-set.js';
import { fileNames, type PublishedDataSet } from '../published.js';
import { dataSets } from '../sets/index.js';

/** The names a file may have: MNIST's, or with a dot as some archives have it, packed or not. */
export function namesOf(part: Part): string[] {
  const name = fileNames[part];
  const dotted = name.replace('-idx', '.idx');
  return [name, `${name}.gz`, dotted, `${dotted}.gz`];
}

/** What is to be there, as a part of a sentence. */
export const fourFiles = `the four IDX files (${Object.values(fileNames).join(', ')}, with or without .gz)`;

/** Where a published data set may lie in a folder that was named: under its own name, as torchvision keeps it, or as it is. */
export function placesOf({ name, torchvision }: PublishedDataSet, root: string): string[] {
  return [
    join(root, name),
    ...(torchvision ? [join(root, torchvision, 'raw')] : []),
    join(root, 'raw'),
    root,
  ];
}

/** Where any four IDX files may lie in a folder that was named: in it, or as torchvision keeps its data sets. */
export async function foldersOfFiles(root: string): Promise<string[]> {
  if (await holdsFiles(root)) return [root];
  const sets: PublishedDataSet[] = Object.values(dataSets);
  const places = ['raw', ...sets.map(({ torchvision }) => join(torchvision!, 'raw'))].map((place) =>
    join(root, place),
  );
  const held = await Promise.all(places.map(holdsFiles));
  return places.filter((_, i) => held[i]);
}

/** Whether a folder, or one inside it as torchvision keeps its data sets, has any of the four IDX files that `loadDataSet` reads. */
export const holdsIdxFiles = async (root: string): Promise<boolean> =>
  (await foldersOfFiles(root)).length > 0;

/**
 * Whether at least one of the four files is there.
 * @throws FileError where the folder may not be looked into
 */
export async function holdsFiles(folder: string): Promise<boolean> {
  const names = new Set(await list(folder));
  return parts.some((part) => namesOf(part).some((name) => names.has(name)));
}

/** What lies at a path in place of four IDX files, as a part of a sentence: `a .csv file`, `a folder with 12 .png files`. */
export async function whatIsAt(path: string): Promise<string> {
  const status = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EACCES' || error.code === 'EPERM') throw new FileError(path, error);
  });
  if (!status) return 'no such folder';
  if (!status.isFile() && !status.isDirectory()) return kindOf(status);
  if (status.isFile()) {
    if (status.size === 0) return 'an empty file';
    if (parts.some((part) => namesOf(part).includes(basename(path))))
      return 'one of the four files, not their folder';
    return `one ${extname(path).toLowerCase() || 'plain'} file`;
  }
  const names = await list(path);
  if (names.length === 0) return 'an empty folder';
  const counts = new Map<string, number>();
  for (const name of names) {
    const ending = extname(name).toLowerCase();
    counts.set(ending, (counts.get(ending) ?? 0) + 1);
  }
  const [[ending, count]] = [...counts].sort(([, a], [, b]) => b - a) as [[string, number]];
  if (ending === '') return `a folder with ${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''}`;
  return `a folder with ${count} ${ending} ${count === 1 ? 'file' : 'files'}`;
}

async function list(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw new FileError(folder, error);
  }
}
