import { axesOf, type Doubles, make, type Reference, valueAt } from './doubles.js';

/** exp(x − largest) / their sum, along one axis. */
function softmax(x: Doubles, axis: number, logarithm: boolean): Doubles {
  const [along] = axesOf(axis, x.shape.length) as [number];
  return make(x.shape, (at) => {
    const line = Array.from({ length: x.shape[along]! }, (_, i) => valueAt(x, at.map((place, d) => (d === along ? i : place)))); // prettier-ignore
    const largest = Math.max(...line);
    const logSum = largest + Math.log(line.reduce((sum, value) => sum + Math.exp(value - largest), 0));
    const result = valueAt(x, at) - logSum;
    return logarithm ? result : Math.exp(result);
  });
}

const batchNorm: Reference = ({ x, mean, variance, offset, scale }, attrs) => {
  const { varianceEpsilon } = attrs as { varianceEpsilon: number };
  // Four sides, or one for the channels.
  const of = (y: Doubles | undefined, at: number[], otherwise: number) =>
    y ? valueAt(y, at.slice(-y.shape.length).map((place, d) => (y.shape[d] === 1 ? 0 : place))) : otherwise; // prettier-ignore
  return make(
    x!.shape,
    (at) =>
      ((valueAt(x!, at) - of(mean, at, 0)) / Math.sqrt(of(variance, at, 1) + varianceEpsilon)) *
        of(scale, at, 1) +
      of(offset, at, 0),
  );
};

/** x / (bias + alpha · sum of squares of near channels)^beta */
const localResponse: Reference = ({ x }, attrs) => {
  const { depthRadius, bias, alpha, beta } = attrs as Record<string, number>;
  return make(x!.shape, (at) => {
    let sum = 0;
    const channel = at[3]!;
    for (let c = channel - depthRadius!; c <= channel + depthRadius!; c++)
      if (c >= 0 && c < x!.shape[3]!) sum += valueAt(x!, [...at.slice(0, 3), c]) ** 2;
    return valueAt(x!, at) / (bias! + alpha! * sum) ** beta!;
  });
};

export const normalising: Record<string, Reference> = {
  Softmax: ({ logits }, attrs) => softmax(logits!, (attrs as { dim: number }).dim, false),
  LogSoftmax: ({ logits }, attrs) => softmax(logits!, (attrs as { axis: number }).axis, true),
  FusedBatchNorm: batchNorm,
  LRN: localResponse,
};
