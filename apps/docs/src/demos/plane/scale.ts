import type { Extent } from './extent.js';

/** Where a plane's coordinates lie on a square of so many pixels. */
export interface Scale {
  /** Pixels of one unit. */
  unit: number;
  toX(x: number): number;
  toY(y: number): number;
}

export function scaleOf({ x, y, reach }: Extent, size: number): Scale {
  const unit = size / (2 * reach);
  return {
    unit,
    toX: (value) => size / 2 + (value - x) * unit,
    toY: (value) => size / 2 - (value - y) * unit,
  };
}
