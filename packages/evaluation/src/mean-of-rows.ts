/** The mean of each row of so many numbers. */
export function meanOfRows(values: Float32Array, dimensions: number): Float64Array {
  return Float64Array.from({ length: values.length / dimensions }, (_, row) => {
    let sum = 0;
    for (let i = row * dimensions; i < (row + 1) * dimensions; i++) sum += values[i]!;
    return sum / dimensions;
  });
}
