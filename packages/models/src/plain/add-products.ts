/**
 * Adds a row vector times a matrix: sums[to…] += input[at…] · kernel[from…], where the matrix is `[inputs, outputs]`.
 * Inputs that are 0, as black pixels and silent ReLU units are, are skipped.
 */
export function addProducts(
  { input, at, inputs }: { input: Float32Array; at: number; inputs: number },
  { kernel, from, outputs }: { kernel: Float32Array; from: number; outputs: number },
  sums: Float64Array,
  to: number,
): void {
  for (let i = 0; i < inputs; i++) {
    const value = input[at + i]!;
    if (value === 0) continue;
    const row = from + i * outputs;
    for (let o = 0; o < outputs; o++) sums[to + o]! += value * kernel[row + o]!;
  }
}
