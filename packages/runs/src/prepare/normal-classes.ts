import { select, type DataSet, type Examples } from '@ae/data';

import { UsageError } from '../errors.js';

/** What people call that which belongs, where they call it anything. */
const usual = ['normal', 'ok', 'good', '0', 'no', 'false', 'negative', 'inlier', 'benign', 'healthy'];

/**
 * The classes that belong, among those of the labels: those that are named, or with `guess` the one that is called so, or
 * else the most frequent one; the guess is said.
 * @throws UsageError where there are no labels, or no class of such a name
 */
export function normalClasses(
  examples: Examples,
  asked: readonly string[] | 'guess',
  say: (text: string) => void,
): string[] {
  const { labels } = examples;
  const classes = namesOf(examples);
  if (!labels)
    throw new UsageError(
      'Cannot tell what is normal: found no labels, expected some that say which class an example is of; name where they are by --label, or leave --normal out',
    );
  if (asked !== 'guess') {
    const unknown = asked.find((name) => !classes.includes(name));
    if (unknown === undefined && asked.length > 0 && asked.length < classes.length) return [...asked];
    throw new UsageError(
      unknown === undefined
        ? `Cannot take ${asked.length === 0 ? 'no class' : 'every class'} as normal, expected some of ${classes.join(', ')}`
        : `Cannot take "${unknown}" as normal: found the classes ${classes.join(', ')}, expected one of them`,
    );
  }
  const called = classes.find((name) => usual.includes(name.toLowerCase()));
  const counts = classes.map(() => 0);
  for (const label of labels) counts[label]!++;
  const found = called ?? classes[counts.indexOf(Math.max(...counts))]!;
  say(
    `normal=${found}, as ${called === undefined ? 'most examples are of it' : 'it is called so'}; the other classes (${classes.filter((name) => name !== found).join(', ')}) do not belong; --normal says otherwise`,
  );
  return [found];
}

/** One an example, 1 where its class is not among the normal ones. */
export function marksOf(examples: Examples, normal: readonly string[]): Uint8Array {
  const isNormal = namesOf(examples).map((name) => normal.includes(name));
  return Uint8Array.from(examples.labels!, (label) => Number(!isNormal[label]));
}

/** Of labels that are mere numbers, the numbers. */
function namesOf({ labels, classes }: Examples): readonly string[] {
  if (classes) return classes;
  let most = -1;
  for (const label of labels ?? []) most = Math.max(most, label);
  return Array.from({ length: most + 1 }, (_, i) => String(i));
}

/**
 * What belongs, to train on and to validate by; the test part has both kinds.
 * @param moves whether what does not belong goes from the other parts to the test, where nobody else has divided them
 */
export function normalOnly(set: DataSet, normal: readonly string[], moves: boolean): DataSet {
  const { train, validation, test } = set;
  const of = (part: Examples, mark: 0 | 1) => {
    const marks = marksOf(part, normal);
    return select(
      part,
      [...marks.keys()].filter((i) => marks[i] === mark),
    );
  };
  const odd = [of(train, 1), of(validation, 1)];
  return {
    ...set,
    train: of(train, 0),
    validation: of(validation, 0),
    ...(test && { test: moves ? odd.reduce(joined, test) : test }),
  };
}

/** The same examples with two labels: the first of the normal classes, and `anomaly` for all others, so that the larger wins in a window. */
export function markedRows(rows: Examples, normal: readonly string[]): Examples {
  return { ...rows, labels: marksOf(rows, normal), classes: [normal[0]!, 'anomaly'] };
}

function joined(first: Examples, second: Examples): Examples {
  const { labels, names } = first;
  const values =
    first.values instanceof Uint8Array
      ? new Uint8Array(first.values.length + second.values.length)
      : new Float32Array(first.values.length + second.values.length);
  values.set(first.values);
  values.set(second.values, first.values.length);
  return {
    ...first,
    values,
    count: first.count + second.count,
    ...(labels && { labels: Uint16Array.from([...labels, ...second.labels!]) }),
    ...(names && { names: [...names, ...second.names!] }),
  };
}
