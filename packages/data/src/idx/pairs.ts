import { DataError } from '../data-error.js';
import type { DataFile } from '../format.js';

/** Images and, where there are such, their labels. */
export interface Pair {
  part: 'all' | 'train' | 'validation' | 'test';
  /** What is left of the name: `emnist-letters`, `qmnist`, or nothing. */
  set: string;
  images: DataFile;
  labels: DataFile | undefined;
}

/**
 * Which files belong together: `train-images-idx3-ubyte` and `train-labels-idx1-ubyte`, `t10k-…` or `test-…`, with the name of a set before
 * them or none; one file alone whatever it is called.
 * @throws DataError for files of two sets, labels without images, and files of which the names say nothing
 */
export function pairsOf(files: readonly DataFile[]): Pair[] {
  const [only] = files;
  const named = files.map((file) => ({ file, ...namesOf(file.name) }));
  if (files.length === 1) return [{ part: 'all', set: named[0]!.set, images: only!, labels: undefined }];
  const wrong = (expected: string) =>
    new DataError(
      `Cannot read IDX files: found ${files.map(({ name }) => name).join(', ')}, expected ${expected}`,
    );
  if (named.some(({ is, part }) => !is || (!part && named.length > 2)))
    throw wrong('one, or names such as train-images-idx3-ubyte and train-labels-idx1-ubyte');
  const sets = new Set(named.map(({ set }) => set));
  if (sets.size > 1)
    throw wrong(`those of one set, not of ${[...sets].map((set) => set || 'none').join(' and ')}`);
  const pairs = new Map<string, Partial<Record<'images' | 'labels', DataFile>>>();
  for (const { file, part = 'all', is } of named) {
    const pair = pairs.get(part) ?? {};
    if (pair[is!]) throw wrong(`${is} of ${part} once`);
    pairs.set(part, { ...pair, [is!]: file });
  }
  const parts = [...pairs].map(([part, { images, labels }]) => {
    if (!images) throw wrong(`images beside the labels of ${part}`);
    return { part: part as Pair['part'], set: named[0]!.set, images, labels };
  });
  const order = ['train', 'validation', 'test'];
  if (parts.length === 1) return [{ ...parts[0]!, part: 'all' }];
  if (!pairs.has('train')) throw wrong('a part to train on');
  return parts.sort((a, b) => order.indexOf(a.part) - order.indexOf(b.part));
}

function namesOf(name: string) {
  const base = name.replace(/^.*\//, '').toLowerCase();
  const [, set = '', word, is] =
    /^(?:(.*?)[-_.])??(?:(train|t10k|test|validation|valid|val)[-_.])?(images|labels)[-_.]idx/.exec(base) ??
    [];
  const parts = { train: 'train', t10k: 'test', test: 'test' } as Record<string, Pair['part'] | undefined>;
  return {
    set: is ? set : base.replace(/[-_.].*$/, ''),
    part: word === undefined ? undefined : (parts[word] ?? 'validation'),
    is: is as 'images' | 'labels' | undefined,
  };
}
