import { DataError } from '../data-error.js';
import type { Examples } from '../examples.js';
import type { Reading, ReadOptions, ReadParts } from '../format.js';
import type { Npy } from './npy-values.js';
import { throwIfStopped } from '../stop-signal.js';
import { examplesOfArray } from './examples-of-array.js';
import { labelsOfArrays } from './labels-of-arrays.js';
import { roleOf } from './roles-of.js';

/** An array that is read when it is wanted. */
export interface NamedArray {
  name: string;
  read(): Promise<Npy>;
}

export interface ArraysOptions extends Reading, Pick<ReadOptions, 'label' | 'missing'> {
  /** What the arrays lie in, for errors and notices. */
  what: string;
}

/**
 * Examples of arrays by their names: one array alone; `X` and `y`; or parts, such as `x_train`, `y_train`, `x_test`, `y_test`. The
 * first side of each is the count. Arrays that are neither examples nor labels are not read.
 * @throws DataError where names do not tell which array holds the examples, listing those there are
 */
export async function partsOfArrays(
  arrays: readonly NamedArray[],
  options: ArraysOptions,
): Promise<ReadParts> {
  const { what, label, notice, signal } = options;
  const pairs = pairsOf(arrays, label, what);
  const read = async (array: NamedArray) => {
    throwIfStopped(signal);
    return { name: array.name, array: await array.read() };
  };

  const labelled = [];
  for (const { labels } of pairs) labelled.push(labels && (await read(labels)));
  const { labels, classes } = labelsOrNone(labelled, options);
  const parts: Record<string, Examples> = {};
  for (const [i, { part, values }] of pairs.entries()) {
    const { array } = await read(values);
    parts[part] = examplesOfArray(array, {
      ...{ name: `${what}, array "${values.name}"`, labels: labels[i], classes },
      ...{ missing: options.missing, notice },
    });
  }
  const used = pairs.flatMap((pair) => [pair.values, ...(pair.labels ? [pair.labels] : [])]);
  const others = arrays.filter((array) => !used.includes(array));
  if (others.length > 0)
    notice?.(`${what}: read ${namesOf(used)}; left out ${namesOf(others)}, whose names say neither`);
  return parts as unknown as ReadParts;
}

interface Pair {
  part: string;
  values: NamedArray;
  labels: NamedArray | undefined;
}

function pairsOf(arrays: readonly NamedArray[], label: string | undefined, what: string): Pair[] {
  const named = label === undefined ? undefined : arrays.find(({ name }) => name === label);
  if (label !== undefined && !named)
    throw new DataError(
      `Cannot read ${what}: found no array "${label}" for labels, expected one of ${namesOf(arrays)}`,
    );
  const roles = arrays.map((array) => ({ array, ...roleOf(array.name) }));
  const find = (part: string, is: string) => {
    const found = roles.filter((role) => role.part === part && role.is === is && role.array !== named);
    if (found.length < 2) return found[0]?.array;
    throw new DataError(
      `Cannot read ${what}: found ${namesOf(found.map(({ array }) => array))}, expected one array of ${is} in a part; leave the others out`,
    );
  };
  const pairs = ['train', 'validation', 'test'].flatMap((part) => {
    const values = find(part, 'values');
    const labels = named && roleOf(named.name).part === part ? named : find(part, 'labels');
    return values ? [{ part, values, labels }] : [];
  });
  if (pairs[0]?.part === 'train') return pairs;
  const rest = arrays.filter((array) => array !== named);
  const values = find('all', 'values') ?? (rest.length === 1 ? rest[0] : undefined);
  if (values && pairs.length === 0) return [{ part: 'all', values, labels: named ?? find('all', 'labels') }];
  throw new DataError(
    `Cannot read ${what}: found arrays ${namesOf(arrays)}, expected one alone, X and y, or x_train, y_train, x_test, …; save those that are meant under such names`,
  );
}

/** Labels that were not asked for, and are not one number an example, are left out and said. */
function labelsOrNone(
  arrays: ({ name: string; array: Npy } | undefined)[],
  { what, label, notice }: ArraysOptions,
) {
  try {
    return labelsOfArrays(arrays);
  } catch (error) {
    if (label !== undefined) throw error;
    notice?.(`${what}: labels are left out. ${(error as Error).message}`);
    return { labels: [], classes: undefined };
  }
}

const namesOf = (arrays: readonly NamedArray[]) =>
  arrays.length === 0 ? 'none' : arrays.map(({ name }) => `"${name}"`).join(', ');
