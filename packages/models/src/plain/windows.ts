/** How a window moves over a map: its size, its steps, and the rows and columns that it reaches beyond the map's start. */
export interface Windows {
  /** `[height, width]` of the larger map, over which the window moves. */
  large: readonly number[];
  /** `[height, width]` of the smaller one, with a place for each stop. */
  small: readonly number[];
  size: readonly number[];
  strides: readonly number[];
  padding: 'same' | 'valid';
}

type Visit = (small: number, large: number, inWindow: number) => void;

/** Makes what tells every place of the smaller map, and those of the larger one that its window sees, with their places in the window. */
export function pairsOf({ large, small, size, strides, padding }: Windows): (visit: Visit) => void {
  let axes: Pairs[] | undefined; // made when they are asked for, not for a file that nobody runs
  return (visit) => {
    axes ??= [0, 1].map((axis) =>
      pairsAlong(small[axis]!, large[axis]!, size[axis]!, strides[axis]!, padding),
    );
    const [rows, columns] = axes as [Pairs, Pairs];
    for (const [y, largeY, windowY] of rows)
      for (const [x, largeX, windowX] of columns)
        visit(y * small[1]! + x, largeY * large[1]! + largeX, windowY * size[1]! + windowX);
  };
}

type Pairs = [small: number, large: number, inWindow: number][];

function pairsAlong(
  small: number,
  large: number,
  size: number,
  stride: number,
  padding: 'same' | 'valid',
): Pairs {
  const overlap = padding === 'same' ? Math.max(0, (small - 1) * stride + size - large) : 0;
  const before = Math.floor(overlap / 2); // as TensorFlow pads: the odd row goes below
  const pairs: Pairs = [];
  for (let place = 0; place < small; place++) {
    const start = place * stride - before;
    for (let i = Math.max(0, -start); i < Math.min(size, large - start); i++)
      pairs.push([place, start + i, i]);
  }
  return pairs;
}

/** How many stops a window makes. */
export const stopsOf = (large: number, size: number, stride: number, padding: 'same' | 'valid'): number =>
  padding === 'same' ? Math.ceil(large / stride) : Math.floor((large - size) / stride) + 1;
