/** The points nearest to a place of the plane, and what share each has in what lies there. */
export interface Neighbours {
  /** Nearest first. */
  indices: number[];
  /** Sum to 1. */
  weights: number[];
}

/**
 * A place between points stands for their mean, weighted by the inverse of the squared distance (Shepard, "A
 * two-dimensional interpolation function for irregularly-spaced data", 1968): on a point it is that point.
 * @param points `[count, 2]`
 */
export function neighboursOf(points: Float32Array, place: { x: number; y: number }, most = 6): Neighbours {
  const distances = Array.from(
    { length: points.length / 2 },
    (_, i) => (points[2 * i]! - place.x) ** 2 + (points[2 * i + 1]! - place.y) ** 2,
  );
  const indices = distances
    .map((_, i) => i)
    .sort((a, b) => distances[a]! - distances[b]!)
    .slice(0, most);
  const least = distances[indices[0]!]!;
  if (least === 0) return { indices, weights: indices.map((_, i) => (i === 0 ? 1 : 0)) };
  const nearness = indices.map((i) => least / distances[i]!);
  const total = nearness.reduce((sum, value) => sum + value, 0);
  return { indices, weights: nearness.map((value) => value / total) };
}
