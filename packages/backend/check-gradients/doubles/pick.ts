import { axesOf, type Doubles, make, type Reference, sizeOf, valueAt } from './doubles.js';

const gather: Reference = ({ x, indices }, attrs) => {
  const { axis, batchDims = 0 } = attrs as { axis: number; batchDims: number };
  const [along] = axesOf(axis, x!.shape.length) as [number];
  const picked = indices!.shape.slice(batchDims);
  const shape = [...x!.shape.slice(0, along), ...picked, ...x!.shape.slice(along + 1)];
  return make(
    shape,
    (at) => {
      const before = at.slice(0, along);
      const pick = at.slice(along, along + picked.length);
      const number = valueAt(indices!, [...before.slice(0, batchDims), ...pick]);
      return valueAt(x!, [...before, number, ...at.slice(along + picked.length)]);
    },
    x!.dtype,
  );
};

const segmentSum: Reference = ({ x, segmentIds }, attrs) => {
  const { numSegments } = attrs as { numSegments: number };
  const row = sizeOf(x!.shape.slice(segmentIds!.shape.length));
  const values = new Float64Array(numSegments * row);
  segmentIds!.values.forEach((id, i) => {
    if (id >= 0) for (let c = 0; c < row; c++) values[id * row + c]! += x!.values[i * row + c]!;
  });
  return { shape: [numSegments, ...x!.shape.slice(segmentIds!.shape.length)], values };
};

const oneHot: Reference = ({ indices }, attrs) => {
  const { depth, onValue, offValue, dtype } = attrs as {
    depth: number;
    onValue: number;
    offValue: number;
    dtype: Doubles['dtype'];
  };
  return make(
    [...indices!.shape, depth],
    (at) => (valueAt(indices!, at.slice(0, -1)) === at.at(-1) ? onValue : offValue),
    dtype,
  );
};

export const picking: Record<string, Reference> = {
  GatherV2: gather,
  UnsortedSegmentSum: segmentSum,
  OneHot: oneHot,
};
