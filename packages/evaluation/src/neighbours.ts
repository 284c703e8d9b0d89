import type { RandomStream } from '@ae/models';

import { drawnPlaces } from './drawn-places.js';
import { standardised } from './gaussian-distance.js';
import type { Rows } from './rows.js';

/** Points among which neighbours are looked for, as plain numbers. */
export interface Neighbourhood {
  /** What every number of a point is taken less of, and divided by, `[dimensions]` each. */
  mean: readonly number[];
  deviation: readonly number[];
  /** Standardised, one after the other. */
  points: readonly number[];
}

/** Points that are kept: enough to be dense, few enough to be asked one by one. */
const MOST = 2000;
/** Of the points that are kept, how many are neighbours: more than any small clump of what does not belong has. */
const SHARE = 0.1;

/** Keeps some of the rows, drawn where there are many. */
export function neighbourhood(rows: Rows, random: RandomStream): Neighbourhood {
  const { dimensions } = rows;
  const { values, mean, deviation } = standardised(rows);
  const places = drawnPlaces(rows.count, Math.min(MOST, rows.count), random);
  const points = Array.from(places).flatMap((place) =>
    Array.from(values.subarray(place * dimensions, (place + 1) * dimensions)),
  );
  return { mean: Array.from(mean), deviation: Array.from(deviation), points };
}

/** Of every row the mean distance to its nearest tenth of the points, `[count]`. */
export function neighbourDistances(
  { mean, deviation, points }: Neighbourhood,
  { values, count, dimensions }: Rows,
): Float64Array {
  const all = Float64Array.from(points);
  const kept = all.length / dimensions;
  const nearest = Math.max(1, Math.round(SHARE * kept));
  const row = new Float64Array(dimensions);
  const squares = new Float64Array(kept);
  return Float64Array.from({ length: count }, (_, i) => {
    for (let d = 0; d < dimensions; d++) row[d] = (values[i * dimensions + d]! - mean[d]!) / deviation[d]!;
    for (let k = 0; k < kept; k++) {
      let square = 0;
      for (let d = 0; d < dimensions; d++) square += (all[k * dimensions + d]! - row[d]!) ** 2;
      squares[k] = square;
    }
    squares.sort();
    let sum = 0;
    for (let k = 0; k < nearest; k++) sum += Math.sqrt(squares[k]!);
    return sum / nearest;
  });
}
