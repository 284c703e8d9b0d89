import { activations } from './element-wise.js';
import { type Doubles, make, type Reference, valueAt } from './doubles.js';

interface Attributes {
  transposeA: boolean;
  transposeB: boolean;
}

function matMul(a: Doubles, b: Doubles, { transposeA, transposeB }: Attributes): Doubles {
  const [high, wide] = [a.shape.slice(-2), b.shape.slice(-2)] as [number[], number[]];
  const rows = high[transposeA ? 1 : 0]!;
  const inner = high[transposeA ? 0 : 1]!;
  const columns = wide[transposeB ? 0 : 1]!;
  const rank = Math.max(a.shape.length, b.shape.length) - 2;
  const side = (x: Doubles, d: number) => x.shape[d - rank + x.shape.length - 2] ?? 1;
  const batch = Array.from({ length: rank }, (_, d) => Math.max(side(a, d), side(b, d)));
  const placeIn = (x: Doubles, at: number[]) =>
    at.slice(rank - (x.shape.length - 2), rank).map((place, d) => (x.shape[d] === 1 ? 0 : place));
  return make([...batch, rows, columns], (at) => {
    const [row, column] = at.slice(-2) as [number, number];
    let sum = 0;
    for (let k = 0; k < inner; k++)
      sum +=
        valueAt(a, [...placeIn(a, at), ...(transposeA ? [k, row] : [row, k])]) *
        valueAt(b, [...placeIn(b, at), ...(transposeB ? [column, k] : [k, column])]);
    return sum;
  });
}

/** Adds a bias along the last axis and applies an activation. */
export function finished(y: Doubles, bias: Doubles | undefined, attrs: Record<string, unknown>): Doubles {
  const f = activations[String(attrs.activation ?? 'linear')]!;
  const length = bias?.values.length ?? 1;
  const values = y.values.map((value, i) =>
    f(value + (bias?.values[i % length] ?? 0), attrs as Record<string, number>),
  );
  return { ...y, values };
}

export const products: Record<string, Reference> = {
  BatchMatMul: ({ a, b }, attrs) => matMul(a!, b!, attrs),
  _FusedMatMul: ({ a, b, bias }, attrs) => finished(matMul(a!, b!, attrs), bias, attrs),
};
