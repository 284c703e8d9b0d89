/** A square part of the plane of codes. */
export interface Extent {
  /** Its centre. */
  x: number;
  y: number;
  /** Half of its side. */
  reach: number;
}

/** Where a VAE's codes lie: nearly all of a standard normal. */
export const standardExtent: Extent = { x: 0, y: 0, reach: 3.6 };

/** The smallest square that holds the middle 99 % of both coordinates, with some room around. */
export function extentOf(points: Float32Array): Extent {
  const [x, y] = [middle(points, 0), middle(points, 1)];
  const reach = Math.max(x.high - x.low, y.high - y.low) / 2;
  return { x: (x.low + x.high) / 2, y: (y.low + y.high) / 2, reach: 1.1 * reach || 1 };
}

function middle(points: Float32Array, coordinate: number): { low: number; high: number } {
  const values = points.filter((_, i) => i % 2 === coordinate).sort();
  const cut = Math.floor(values.length * 0.005);
  return { low: values[cut] ?? 0, high: values[values.length - 1 - cut] ?? 0 };
}
