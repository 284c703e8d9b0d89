import * as tf from '@tensorflow/tfjs';

/** One way of using one operation. */
export interface Case {
  /** As TensorFlow.js exports it, such as `avgPool`, `image.resizeBilinear` or `layers.lstm`. */
  op: string;
  /** What is particular about it. */
  name: string;
  /** Makes its inputs on the backend in use, with the same values on each. */
  build(): Built;
}

export interface Built {
  /** What the result is differentiated by. */
  variables: tf.Variable[];
  forward(): tf.Tensor;
  /** Frees what is not in `variables`. */
  dispose?(): void;
}

/** A shape; its values lie from −1.5 to 1.5, or where it says, all different and none near a whole number. */
export type Input = number[] | { shape: number[]; from?: number; to?: number; values?: number[] };

type Variant = [inputs: Input[], apply: (...inputs: never[]) => tf.Tensor | tf.Tensor[]];

/** Cases of one operation, by what is particular about each. Several results are taken together. */
export const of = (op: string, variants: Record<string, Variant>): Case[] =>
  Object.entries(variants).map(([name, [inputs, apply]]) => ({
    op,
    name,
    build() {
      const variables = inputs.map(variableOf);
      return { variables, forward: () => joined(apply(...(variables as never[]))) };
    },
  }));

/** All of several results, one after the other, each with a weight of its own in what is differentiated. */
const joined = (results: tf.Tensor | tf.Tensor[]): tf.Tensor =>
  Array.isArray(results) ? tf.concat(results.map((result) => result.flatten())) : results;

export const variableOf = (input: Input, seed: number): tf.Variable => {
  const values = valuesOf(input, seed);
  const variable = tf.variable(values);
  values.dispose();
  return variable;
};

export function valuesOf(input: Input, seed: number): tf.Tensor {
  const { shape, from = -1.5, to = 1.5, values } = Array.isArray(input) ? { shape: input } : input;
  if (values) return tf.tensor(values, shape, 'float32');
  const size = tf.util.sizeFromShape(shape);
  const step = stepThrough(size);
  const place = (i: number) => ((i * step + 7 * seed + 3) % size) + 0.37;
  // Multiples of 2^-14, which floats and doubles both have.
  const value = (i: number) => Math.round(16384 * (from + (place(i) / size) * (to - from))) / 16384;
  return tf.tensor(
    Float32Array.from({ length: size }, (_, i) => value(i)),
    shape,
  );
}

/** A step through 0 … size − 1 that meets every number once, in no simple order. */
function stepThrough(size: number): number {
  const divides = (a: number, b: number): number => (b === 0 ? a : divides(b, a % b));
  let step = Math.floor(size * 0.618);
  while (step > 1 && divides(size, step) !== 1) step--;
  return Math.max(step, 1);
}

/** One case, named by its settings. */
export const named = (
  op: string,
  settings: object,
  inputs: Input[],
  apply: (...given: never[]) => tf.Tensor,
) => of(op, { [JSON.stringify(settings).replaceAll('"', '')]: [inputs, apply] })[0]!;
