import { axesOf, type Doubles, make, type Reference, sizeOf, valueAt } from './doubles.js';

const reshaped = (x: Doubles, shape: number[]): Doubles => {
  const known = sizeOf(shape.filter((side) => side !== -1));
  return { ...x, shape: shape.map((side) => (side === -1 ? sizeOf(x.shape) / known : side)) };
};

/** A tensor of the same kind whose values come from other places of x. */
const moved = (x: Doubles, shape: number[], from: (at: number[]) => number[]): Doubles =>
  make(shape, (at) => valueAt(x, from(at)), x.dtype);

function slice(x: Doubles, begin: number[], size: number[]): Doubles {
  const shape = x.shape.map((side, d) => {
    const asked = size[d] ?? -1;
    return asked === -1 ? side - (begin[d] ?? 0) : asked;
  });
  return moved(x, shape, (at) => at.map((place, d) => place + (begin[d] ?? 0)));
}

function concat(all: Doubles[], axis: number): Doubles {
  const [first] = all as [Doubles];
  const shape = first.shape.map((side, d) =>
    d === axis ? all.reduce((sum, one) => sum + one.shape[d]!, 0) : side,
  );
  return make(
    shape,
    (at) => {
      let place = at[axis]!;
      let which = 0;
      while (place >= all[which]!.shape[axis]!) place -= all[which++]!.shape[axis]!;
      return valueAt(all[which]!, at.map((other, d) => (d === axis ? place : other))); // prettier-ignore
    },
    first.dtype,
  );
}

const inserted = (shape: number[], axis: number, side: number) => [
  ...shape.slice(0, axis),
  side,
  ...shape.slice(axis),
];

function pad(x: Doubles, paddings: [number, number][], value: number): Doubles {
  const shape = x.shape.map((side, d) => side + paddings[d]![0] + paddings[d]![1]);
  return make(
    shape,
    (at) => {
      const from = at.map((place, d) => place - paddings[d]![0]);
      return from.every((place, d) => place >= 0 && place < x.shape[d]!) ? valueAt(x, from) : value;
    },
    x.dtype,
  );
}

function mirror(x: Doubles, paddings: [number, number][], mode: 'reflect' | 'symmetric'): Doubles {
  const repeat = mode === 'symmetric' ? 1 : 0;
  const shape = x.shape.map((side, d) => side + paddings[d]![0] + paddings[d]![1]);
  return moved(x, shape, (at) =>
    at.map((place, d) => {
      const from = place - paddings[d]![0];
      const last = x.shape[d]! - 1;
      if (from < 0) return -from - repeat;
      return from > last ? last - (from - last) + repeat : from;
    }),
  );
}

/** Blocks of space become images of a batch: padded, place = outer·block + inner, the inner ones move to the batch. */
function spaceToBatch(x: Doubles, block: number[], paddings: [number, number][]): Doubles {
  const full: [number, number][] = x.shape.map((_, d) => paddings[d - 1] ?? [0, 0]);
  full[0] = [0, 0];
  const padded = pad(x, full, 0);
  const [batch] = x.shape as [number];
  const shape = padded.shape.map((side, d) => (d === 0 ? side * sizeOf(block) : side / (block[d - 1] ?? 1)));
  return moved(padded, shape, (at) => {
    let inner = Math.floor(at[0]! / batch);
    const from = [...at];
    from[0] = at[0]! % batch;
    for (let d = block.length; d >= 1; d--) {
      from[d] = at[d]! * block[d - 1]! + (inner % block[d - 1]!);
      inner = Math.floor(inner / block[d - 1]!);
    }
    return from;
  });
}

function batchToSpace(x: Doubles, block: number[], crops: [number, number][]): Doubles {
  const batch = x.shape[0]! / sizeOf(block);
  const shape = x.shape.map((side, d) => {
    if (d === 0) return batch;
    const crop = crops[d - 1] ?? [0, 0];
    return side * (block[d - 1] ?? 1) - crop[0] - crop[1];
  });
  return moved(x, shape, (at) => {
    const from = [...at];
    let inner = 0;
    for (let d = 1; d <= block.length; d++) {
      const place = at[d]! + (crops[d - 1]?.[0] ?? 0);
      from[d] = Math.floor(place / block[d - 1]!);
      inner = inner * block[d - 1]! + (place % block[d - 1]!);
    }
    from[0] = inner * batch + at[0]!;
    return from;
  });
}

function depthToSpace(x: Doubles, block: number): Doubles {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const outs = channels / block ** 2;
  return moved(x, [batch, height * block, width * block, outs], ([b, row, column, c]) => [
    b!,
    Math.floor(row! / block),
    Math.floor(column! / block),
    ((row! % block) * block + (column! % block)) * outs + c!,
  ]);
}

interface Strided {
  begin: number[];
  end: number[];
  strides: number[];
  beginMask: number;
  endMask: number;
  shrinkAxisMask: number;
}

/** Every stride-th place from begin to end, axis by axis; an axis of one place may be dropped. */
function stridedSlice(x: Doubles, attrs: Strided): Doubles {
  const sides = x.shape.map((side, d) => {
    const stride = attrs.strides[d] ?? 1;
    const bounded = (place: number) => (place < 0 ? place + side : Math.min(place, side));
    const begin = d >= attrs.begin.length || attrs.beginMask & (1 << d) ? 0 : bounded(attrs.begin[d]!);
    const shrunk = (attrs.shrinkAxisMask & (1 << d)) !== 0;
    const end = d >= attrs.end.length || attrs.endMask & (1 << d) ? side : bounded(attrs.end[d]!);
    return { begin, stride, shrunk, count: shrunk ? 1 : Math.ceil((end - begin) / stride) };
  });
  const shape = sides.map(({ count }) => count);
  const result = moved(x, shape, (at) => at.map((place, d) => sides[d]!.begin + place * sides[d]!.stride));
  return { ...result, shape: shape.filter((_, d) => !sides[d]!.shrunk) };
}

const typed = <Attrs>(f: (inputs: Record<string, Doubles>, attrs: Attrs) => Doubles | Doubles[]): Reference =>
  f as Reference;

export const arranging: Record<string, Reference> = {
  Reshape: typed<{ shape: number[] }>(({ x }, { shape }) => reshaped(x!, shape)),
  ExpandDims: typed<{ dim: number }>(({ input }, { dim }) =>
    reshaped(input!, inserted(input!.shape, dim < 0 ? dim + input!.shape.length + 1 : dim, 1)),
  ),
  Transpose: typed<{ perm: number[] }>(
    ({ x }, { perm }) =>
    moved(x!, perm.map((d) => x!.shape[d]!), (at) => x!.shape.map((_, d) => at[perm.indexOf(d)]!)), // prettier-ignore
  ),
  Slice: typed<{ begin: number[]; size: number[] }>(({ x }, { begin, size }) => slice(x!, [begin].flat(), [size].flat())), // prettier-ignore
  StridedSlice: typed<Strided>(({ x }, attrs) => stridedSlice(x!, attrs)),
  SplitV: typed<{ numOrSizeSplits: number | number[]; axis: number }>(({ x }, { numOrSizeSplits, axis }) => {
    const [along] = axesOf(axis, x!.shape.length) as [number];
    const sides = Array.isArray(numOrSizeSplits)
      ? numOrSizeSplits
      : Array.from({ length: numOrSizeSplits }, () => x!.shape[along]! / numOrSizeSplits);
    let begin = 0;
    return sides.map((side) => {
      const begins = x!.shape.map((_, d) => (d === along ? begin : 0));
      begin += side;
      return slice(x!, begins, x!.shape.map((whole, d) => (d === along ? side : whole))); // prettier-ignore
    });
  }),
  Concat: typed<{ axis: number }>((inputs, { axis }) => {
    const all = Object.values(inputs);
    return concat(all, axesOf(axis, all[0]!.shape.length)[0]!);
  }),
  Pack: typed<{ axis: number }>((inputs, { axis }) => {
    const all = Object.values(inputs);
    const place = axis < 0 ? axis + all[0]!.shape.length + 1 : axis;
    return concat(all.map((x) => reshaped(x, inserted(x.shape, place, 1))), place); // prettier-ignore
  }),
  Unpack: typed<{ axis: number }>(({ value }, { axis }) => {
    const [along] = axesOf(axis, value!.shape.length) as [number];
    return Array.from({ length: value!.shape[along]! }, (_, i) => {
      const begin = value!.shape.map((_side, d) => (d === along ? i : 0));
      const part = slice(value!, begin, value!.shape.map((side, d) => (d === along ? 1 : side))); // prettier-ignore
      return { ...part, shape: value!.shape.filter((_side, d) => d !== along) };
    });
  }),
  PadV2: typed<{ paddings: [number, number][]; constantValue: number }>(
    ({ x }, { paddings, constantValue }) => pad(x!, paddings, constantValue),
  ),
  MirrorPad: typed<{ paddings: [number, number][]; mode: 'reflect' | 'symmetric' }>(
    ({ x }, { paddings, mode }) => mirror(x!, paddings, mode),
  ),
  Reverse: typed<{ dims: number[] }>(({ x }, { dims }) => {
    const axes = axesOf(dims, x!.shape.length);
    return moved(x!, x!.shape, (at) =>
      at.map((place, d) => (axes.includes(d) ? x!.shape[d]! - 1 - place : place)),
    );
  }),
  Tile: typed<{ reps: number[] }>(
    ({ x }, { reps }) =>
    moved(x!, x!.shape.map((side, d) => side * reps[d]!), (at) => at.map((place, d) => place % x!.shape[d]!)), // prettier-ignore
  ),
  SpaceToBatchND: typed<{ blockShape: number[]; paddings: [number, number][] }>(
    ({ x }, { blockShape, paddings }) => spaceToBatch(x!, blockShape, paddings),
  ),
  BatchToSpaceND: typed<{ blockShape: number[]; crops: [number, number][] }>(({ x }, { blockShape, crops }) =>
    batchToSpace(x!, blockShape, crops),
  ),
  DepthToSpace: typed<{ blockSize: number }>(({ x }, { blockSize }) => depthToSpace(x!, blockSize)),
  Fill: typed<{ shape: number[]; value: number; dtype?: Doubles['dtype'] }>((_, { shape, value, dtype }) =>
    make(shape, () => value, dtype),
  ),
  Range: typed<{ start: number; stop: number; step: number; dtype: Doubles['dtype'] }>(
    (_, { start, stop, step, dtype }) =>
      make([Math.max(0, Math.ceil((stop - start) / step))], ([i]) => start + i! * step, dtype),
  ),
};
