import { transformSync } from 'esbuild';

import { planted } from '../planted/all.js';
import type { Planted } from '../planted/planted.js';
import { below, type Row } from '../row.js';
import { copyTree, type TreeCopy } from '../tree-copy.js';

export const row: Row = {
  promise: 'A check that is taken out of the sources, or made wrong, does not go unnoticed by the tests',
  how: `${planted.length} bugs are planted in a copy of the sources, one at a time, and the tests that should notice are run; so they are with none`,
  times: { short: 2, whole: planted.length },
  async run({ times, random, place }) {
    const tree = copyTree(place.fresh('tree'));
    const fell = planted.flatMap((bug) => stale(tree, bug) ?? []);
    const known = planted.filter((bug) => stale(tree, bug) === undefined);
    const left = [...known];
    const tried = Array.from({ length: Math.min(times, known.length) }, () =>
      times < known.length ? left.splice(below(random, left.length), 1)[0]! : left.shift()!,
    );
    for (const tests of new Map(tried.map((bug) => [bug.tests.join(' '), bug.tests])).values()) {
      const { passed, output } = await tree.test(tests);
      if (!passed) fell.push(`without a bug, ${tests.join(' ')} fails: ${output.slice(-600)}`);
    }
    for (const bug of tried) {
      const fault = await unnoticed(tree, bug);
      if (fault !== undefined) fell.push(fault);
    }
    return { tried: tried.length, fell, note: `${planted.length} bugs are known` };
  },
};

/** Why a bug cannot be planted any more, where that is so. */
export function stale(tree: TreeCopy, bug: Planted): string | undefined {
  const found = tree.read(bug.file).split(bug.was).length - 1;
  if (found !== 1) return `${bug.file}: found ${JSON.stringify(bug.was)} ${found} times, expected once`;
  try {
    transformSync(withBug(tree, bug), { loader: 'ts' });
    return undefined;
  } catch (error) {
    return `${bug.file}: ${JSON.stringify(bug.is)} is no code there: ${String(error)}`;
  }
}

/** What no test noticed, where that is so. */
export async function unnoticed(tree: TreeCopy, bug: Planted): Promise<string | undefined> {
  const sound = tree.read(bug.file);
  tree.write(bug.file, withBug(tree, bug));
  const { passed, noticed, output } = await tree.test(bug.tests);
  tree.write(bug.file, sound);
  if (noticed) return undefined;
  const what = `${bug.file}: ${JSON.stringify(bug.is)} in place of ${JSON.stringify(bug.was)}`;
  return passed
    ? `${what} is not noticed by ${bug.tests.join(' ')}`
    : `${what}: the tests cannot be run: ${output.slice(-600)}`;
}

const withBug = (tree: TreeCopy, { file, was, is }: Planted): string =>
  tree.read(file).replace(was, () => is);
