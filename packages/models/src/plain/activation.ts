import type { LayerReader } from './layer-reader.js';

const { exp, expm1, log1p, max, tanh } = Math;

const functions = {
  linear: (x: number) => x,
  relu: (x: number) => max(0, x),
  sigmoid: (x: number) => 1 / (1 + exp(-x)),
  /** x · σ(x), Ramachandran, Zoph & Le 2017. */
  swish: (x: number) => x / (1 + exp(-x)),
  tanh,
  elu: (x: number) => (x >= 0 ? x : expm1(x)),
  softplus: (x: number) => max(0, x) + log1p(exp(-Math.abs(x))),
};

/** What a layer does to each of its sums at the end, by the name that Keras has for it; gives float32. */
export function activationOf(reader: LayerReader): (sums: Float32Array | Float64Array) => Float32Array {
  const known = Object.keys(functions) as (keyof typeof functions)[];
  const activation = functions[reader.oneOf('activation', known)];
  return (sums) => {
    const values = new Float32Array(sums); // not Float32Array.from, which takes as long as the sums
    if (activation !== functions.linear)
      for (let i = 0; i < values.length; i++) values[i] = activation(sums[i]!);
    return values;
  };
}
