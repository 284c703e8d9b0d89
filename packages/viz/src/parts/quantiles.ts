import { extent, quantileSorted } from 'd3-array';

/** Left out at either end, where a few codes lie far from all others. */
const TAIL = 0.01;

/**
 * Rising coordinates between which equally many of the values lie, without the outermost hundredth at both ends. A value that occurs
 * many times counts once. Where there are fewer values than places, these are evenly spaced.
 */
export function quantilesOf(values: Float32Array, places: number): number[] {
  const distinct = [...new Set(values)].filter(Number.isFinite).sort((a, b) => a - b);
  const at = (place: number) => (places === 1 ? 0.5 : place / (places - 1));
  if (distinct.length >= places)
    return Array.from({ length: places }, (_, place) =>
      quantileSorted(distinct, TAIL + (1 - 2 * TAIL) * at(place))!,
    );
  const [low = 0, high = 0] = extent(distinct);
  const reach = low === high ? 1 : 0;
  return Array.from({ length: places }, (_, place) => low - reach + (high - low + 2 * reach) * at(place));
}
