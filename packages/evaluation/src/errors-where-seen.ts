/**
 * The mean squared error of each row over the values that are there: NaN stands for one that is missing, and a row without
 * any has an error of 0.
 * @param size values of a row
 * @param errorAt the error of the value at a place
 */
export function errorsWhereSeen(
  values: Uint8Array | Float32Array,
  size: number,
  errorAt: (place: number) => number,
): Float64Array {
  return Float64Array.from({ length: values.length / size }, (_, row) => {
    let [sum, seen] = [0, 0];
    for (let i = row * size; i < (row + 1) * size; i++) {
      if (Number.isNaN(values[i])) continue;
      sum += errorAt(i) ** 2;
      seen += 1;
    }
    return sum / Math.max(1, seen);
  });
}
