import type { Pictures } from './stack.js';

/** One example of a stack. */
export interface Tile {
  pictures: Pictures;
  index: number;
  /** How bright it is drawn, 0 to 1. @default 1 */
  light?: number;
  /** What is drawn faintly behind a strip, such as the original behind its reconstruction. */
  behind?: Pictures;
}

/** Where tiles of one size lie. Lengths are pixels of the images. */
export interface TileLayout {
  width: number;
  height: number;
  /** The corner of a tile and its size. */
  place(tile: number): { x: number; y: number; width: number; height: number };
}

/** Where in the drawing tiles lie, and how many screen pixels a pixel of theirs is. */
export interface TilePlace {
  x: number;
  y: number;
  pixel: number;
}

/** Rows of tiles; `rowTops` gives the upper edge of each, where the rows do not simply follow at the gap. */
export function layOutTiles(
  count: number,
  { width: w, height: h }: { width: number; height: number },
  { columns, gap, rowTops }: { columns: number; gap: number; rowTops?: number[] },
): TileLayout {
  const rows = Math.ceil(count / columns);
  const tops = rowTops ?? Array.from({ length: rows }, (_, row) => row * (h + gap));
  return {
    width: columns * (w + gap) - gap,
    height: tops[rows - 1]! + h,
    place: (tile) => ({
      x: (tile % columns) * (w + gap),
      y: tops[Math.floor(tile / columns)]!,
      width: w,
      height: h,
    }),
  };
}
