import { scaleLinear } from 'd3-scale';
import { quantilesOf } from './parts/quantiles.js';

/** Codes to decode for the plane of a code of two dimensions. */
export interface ManifoldGrid {
  columns: number;
  /** The codes to decode, row by row from the top: [columns · columns, 2]. */
  codes: Float32Array;
  /** The first coordinate of each column, rising. */
  across: number[];
  /** The second coordinate of each row from the lowest, rising. */
  upwards: number[];
  /** How near codes lie to each place, in the order of `codes`: 1 where they lie around it, 0 from two places away. */
  presence: Float32Array;
}

/** Of so many codes one may stray without being counted as near. */
const STRAYS = 2000;

/**
 * A square grid in the plane of these codes whose columns and rows lie at quantiles of the coordinates: as many codes lie between any
 * two neighbours. So every class has room, however long the tails of the code are; for normal codes it is the grid that D. P. Kingma
 * & M. Welling drew ("Auto-encoding variational Bayes", 2014, figure 4).
 * @param codes [n, 2]; those that are not finite are left out
 * @throws TypeError where the codes are not whole pairs, or none is finite
 * @throws RangeError where columns is no whole number from 2
 */
export function manifoldGrid(codes: Float32Array, columns: number): ManifoldGrid {
  if (!Number.isInteger(columns) || columns < 2)
    throw new RangeError(`Cannot lay out a manifold: columns is ${columns}, expected a whole number from 2`);
  if (codes.length % 2 !== 0)
    throw new TypeError(`Cannot lay out a manifold: found ${codes.length} values, expected pairs`);
  const pairs = finitePairs(codes);
  if (pairs.length === 0)
    throw new TypeError('Cannot lay out a manifold: found no finite code, expected at least one');
  const [across, upwards] = [0, 1].map((axis) =>
    quantilesOf(
      Float32Array.from(pairs, (pair) => pair[axis]!),
      columns,
    ),
  ) as [number[], number[]];
  const grid = new Float32Array(2 * columns * columns);
  for (let row = 0; row < columns; row++)
    for (let column = 0; column < columns; column++)
      grid.set([across[column]!, upwards[columns - 1 - row]!], 2 * (row * columns + column));
  return { columns, codes: grid, across, upwards, presence: presenceOf(pairs, across, upwards) };
}

function finitePairs(codes: Float32Array): [number, number][] {
  const pairs: [number, number][] = [];
  for (let i = 0; i < codes.length; i += 2)
    if (Number.isFinite(codes[i]) && Number.isFinite(codes[i + 1])) pairs.push([codes[i]!, codes[i + 1]!]);
  return pairs;
}

/** From the distance to the nearest codes but a few, in steps of the grid: 1 within one step, 0 from two. */
function presenceOf(pairs: [number, number][], across: number[], upwards: number[]): Float32Array {
  const columns = across.length;
  const steps = Array.from({ length: columns }, (_, i) => i);
  const [toColumn, toHeight] = [scaleLinear(across, steps), scaleLinear(upwards, steps)];
  const placed = pairs.map(([x, y]) => [toColumn(x), columns - 1 - toHeight(y)] as const);
  const strays = Math.floor(pairs.length / STRAYS);
  const presence = new Float32Array(columns * columns);
  for (let row = 0; row < columns; row++)
    for (let column = 0; column < columns; column++) {
      const nearest = new Float64Array(strays + 1).fill(Infinity); // rising
      for (const [x, y] of placed) {
        const distance = (x - column) ** 2 + (y - row) ** 2;
        if (distance >= nearest[strays]!) continue;
        nearest[strays] = distance;
        nearest.sort();
      }
      presence[row * columns + column] = Math.min(1, Math.max(0, 2 - Math.sqrt(nearest[strays]!)));
    }
  return presence;
}
