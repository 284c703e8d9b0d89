/** Between a coordinate of a code and its place on an axis. */
export interface Axis {
  toPlane(coordinate: number): number;
  toCode(place: number): number;
}

export const linear: Axis = { toPlane: (coordinate) => coordinate, toCode: (place) => place };

/** How many times as far as its median the farthest coordinate may lie before it counts as a long tail. */
const LONG_TAIL = 50;

/** Linear; or, where codes have long tails as those of an unbounded code may have, logarithmic beyond their median. */
export function axisFor(codes: Float32Array): Axis {
  const distances = codes
    .filter((coordinate) => coordinate !== 0)
    .map(Math.abs)
    .sort();
  const middle = distances[distances.length >> 1] ?? 0;
  if (!(middle > 0 && distances.at(-1)! > LONG_TAIL * middle)) return linear;
  return {
    toPlane: (coordinate) => Math.sign(coordinate) * Math.log1p(Math.abs(coordinate) / middle),
    toCode: (place) => Math.sign(place) * Math.expm1(Math.abs(place)) * middle,
  };
}
