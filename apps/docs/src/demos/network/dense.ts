import type { Activation } from './network.js';

/** A fully connected layer: y = x·W + b. */
export interface Dense {
  kind: 'dense';
  inputs: number;
  units: number;
  /** `[inputs, units]` */
  kernel: Float32Array;
  bias: Float32Array;
  activation: Activation;
}

/** `[inputs]` → `[units]`, before the activation. */
export function multiply({ inputs, kernel, bias }: Dense, input: Float32Array): Float32Array {
  const output = bias.slice();
  addProducts({ input, at: 0, inputs }, kernel, 0, output, 0, bias.length);
  return output;
}

/**
 * Adds row vector times matrix: output[to…] += input[at…] · kernel[from…], where the matrix is `[inputs, outputs]`.
 * Rows of inputs that are 0, as black pixels and silent ReLU units are, are skipped.
 */
export function addProducts(
  { input, at, inputs }: { input: Float32Array; at: number; inputs: number },
  kernel: Float32Array,
  from: number,
  output: Float32Array,
  to: number,
  outputs: number,
): void {
  for (let i = 0; i < inputs; i++) {
    const value = input[at + i]!;
    if (value === 0) continue;
    const row = from + i * outputs;
    for (let o = 0; o < outputs; o++) output[to + o]! += value * kernel[row + o]!;
  }
}
