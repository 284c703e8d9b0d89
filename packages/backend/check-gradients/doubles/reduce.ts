import { axesOf, type Doubles, make, type Reference, valueAt } from './doubles.js';

interface Attributes {
  axis?: number | number[];
  reductionIndices?: number | number[];
  keepDims?: boolean;
}

/** f of all values along the reduced axes. */
const reduction =
  (f: (values: number[]) => number, dtype?: Doubles['dtype']): Reference =>
  ({ x }, attrs) => {
    const { axis, reductionIndices, keepDims } = attrs as Attributes;
    const { shape } = x!;
    const axes = axesOf(axis ?? reductionIndices, shape.length);
    const isReduced = shape.map((_, d) => axes.includes(d));
    const reduced = shape.map((side, d) => (isReduced[d] ? 1 : side));
    const inner = shape.map((side, d) => (isReduced[d] ? side : 1));
    const { values } = make(reduced, (at) => {
      const found: number[] = [];
      make(inner, (offset) => found.push(valueAt(x!, at.map((place, d) => place + offset[d]!)))); // prettier-ignore
      return f(found);
    });
    return {
      shape: keepDims ? reduced : shape.filter((_, d) => !isReduced[d]),
      values,
      dtype: dtype ?? x!.dtype,
    };
  };

const total = (values: number[]) => values.reduce((sum, value) => sum + value, 0);

/** A running value along one axis, with or without the value at its place. */
const running =
  (start: number, join: (a: number, b: number) => number): Reference =>
  ({ x }, attrs) => {
    const { axis, exclusive, reverse } = attrs as { axis: number; exclusive: boolean; reverse: boolean };
    const [along] = axesOf(axis, x!.shape.length);
    const length = x!.shape[along!]!;
    return make(x!.shape, (at) => {
      let result = start;
      for (let i = 0; i < length; i++) {
        const before = reverse ? i > at[along!]! : i < at[along!]!;
        if (before || (!exclusive && i === at[along!]))
          result = join(result, valueAt(x!, at.map((place, d) => (d === along ? i : place)))); // prettier-ignore
      }
      return result;
    });
  };

export const reducing: Record<string, Reference> = {
  Sum: reduction(total),
  Mean: reduction((values) => total(values) / values.length, 'float32'),
  Prod: reduction((values) => values.reduce((product, value) => product * value, 1)),
  Max: reduction((values) => Math.max(...values)),
  Min: reduction((values) => Math.min(...values)),
  All: reduction((values) => +values.every(Boolean), 'bool'),
  Any: reduction((values) => +values.some(Boolean), 'bool'),
  ArgMax: reduction((values) => values.indexOf(Math.max(...values)), 'int32'),
  ArgMin: reduction((values) => values.indexOf(Math.min(...values)), 'int32'),
  Cumsum: running(0, (a, b) => a + b),
  Cumprod: running(1, (a, b) => a * b),
};
