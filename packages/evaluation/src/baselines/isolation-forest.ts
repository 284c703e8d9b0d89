// Isolation forest: what lies apart is alone after few random cuts.
// F. T. Liu, K. M. Ting & Z.-H. Zhou, "Isolation forest", ICDM, 2008.
import type { RandomStream } from '@ae/models';

import type { Baseline } from '../baseline.js';
import { drawnPlaces } from '../drawn-places.js';
import { rowsOf, type Rows } from '../rows.js';

/** The paper's, which it finds to be enough for all of its data. */
const TREES = 100;
const SAMPLE = 256;

export const isolationForest: Baseline = {
  name: 'isolation-forest',
  summary: 'How few random cuts it takes to be alone, from 0 to 1, over 100 trees of 256 examples each',
  fit(normal, { random }) {
    const rows = rowsOf('Cannot grow an isolation forest', normal);
    const size = Math.min(SAMPLE, rows.count);
    const trees = Array.from({ length: TREES }, () =>
      grow(rows, drawnPlaces(rows.count, size, random), Math.ceil(Math.log2(size)), random),
    );
    const usual = meanPathLength(size) || 1; // of one example alone, every path is 0
    return {
      async score(examples) {
        const { values, count, dimensions } = rowsOf(
          'Cannot score by an isolation forest',
          examples,
          rows.dimensions,
        );
        return Float64Array.from({ length: count }, (_, i) => {
          const row = values.subarray(i * dimensions, (i + 1) * dimensions);
          const length = trees.reduce((sum, tree) => sum + pathLength(tree, row), 0) / TREES;
          return 2 ** (-length / usual);
        });
      },
    };
  },
};

/** Either a cut, or so many examples that were not told apart. */
type Tree = { column: number; cut: number; below: Tree; above: Tree } | { left: number };

function grow({ values, dimensions }: Rows, places: Uint32Array, depth: number, random: RandomStream): Tree {
  const at = (place: number, column: number) => values[place * dimensions + column]!;
  return branch(places, depth);

  function branch(some: Uint32Array, limit: number): Tree {
    const ranges = limit > 0 && some.length > 1 ? rangesOf(some) : [];
    if (ranges.length === 0) return { left: some.length };
    const { column, low, high } = ranges[Math.floor(random.next() * ranges.length)]!;
    const cut = low + random.next() * (high - low);
    return {
      ...{ column, cut },
      below: branch(
        some.filter((place) => at(place, column) <= cut),
        limit - 1,
      ),
      above: branch(
        some.filter((place) => at(place, column) > cut),
        limit - 1,
      ),
    };
  }

  /** Of the columns that tell any of these apart. */
  function rangesOf(some: Uint32Array) {
    return Array.from({ length: dimensions }, (_, column) => {
      let [low, high] = [Infinity, -Infinity];
      for (const place of some) {
        low = Math.min(low, at(place, column));
        high = Math.max(high, at(place, column));
      }
      return { column, low, high };
    }).filter(({ low, high }) => low < high);
  }
}

function pathLength(tree: Tree, row: Float32Array): number {
  let length = 0;
  let here = tree;
  while ('cut' in here) {
    here = row[here.column]! <= here.cut ? here.below : here.above;
    length += 1;
  }
  return length + meanPathLength(here.left);
}

/** c(n): how many cuts it takes on average to be alone among n, 2·H(n − 1) − 2·(n − 1)/n with the harmonic number H (the paper's equation 1). */
export function meanPathLength(n: number): number {
  return n > 1 ? 2 * harmonic(n - 1) - (2 * (n - 1)) / n : 0;
}

const harmonics = [0];
const harmonic = (n: number): number => {
  while (harmonics.length <= n) harmonics.push(harmonics.at(-1)! + 1 / harmonics.length);
  return harmonics[n]!;
};
