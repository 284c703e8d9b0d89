/** Points, one after the other. */
export interface PointSet {
  /** count · dimensions numbers; bytes as they are, 0 to 255. */
  values: Float32Array | Uint8Array;
  count: number;
  dimensions: number;
}

/** [dimensions] */
export function meanOf({ values, count, dimensions }: PointSet): Float64Array {
  const sums = new Float64Array(dimensions);
  for (let start = 0; start < values.length; start += dimensions)
    for (let d = 0; d < dimensions; d++) sums[d]! += values[start + d]!;
  return sums.map((sum) => sum / count);
}

/** Σ ‖x − centre‖² over all points. */
export function squaredDistance(values: PointSet['values'], centre: Float64Array): number {
  let sum = 0;
  for (let start = 0; start < values.length; start += centre.length)
    for (let d = 0; d < centre.length; d++) sum += (values[start + d]! - centre[d]!) ** 2;
  return sum;
}

/**
 * What is subtracted from points before they are multiplied: the mean, so that nothing is lost to rounding; from bytes nothing,
 * whose products are whole numbers and exact, and whose many zeros then cost nothing. What is left of the mean is taken off afterwards.
 */
export const shiftOf = ({ values }: PointSet, mean: Float64Array): Float64Array =>
  values instanceof Uint8Array ? new Float64Array(mean.length) : mean;

/** Gives each point less `shift`, and the places at which it is not 0: the first `lit` of `places`. */
export function eachPoint(
  { values, count, dimensions }: PointSet,
  shift: Float64Array,
  use: (point: Float64Array, places: Int32Array, lit: number, index: number) => void,
): void {
  const point = new Float64Array(dimensions);
  const places = new Int32Array(dimensions);
  for (let index = 0; index < count; index++) {
    let lit = 0;
    for (let d = 0; d < dimensions; d++) {
      point[d] = values[index * dimensions + d]! - shift[d]!;
      if (point[d] !== 0) places[lit++] = d;
    }
    use(point, places, lit, index);
  }
}
