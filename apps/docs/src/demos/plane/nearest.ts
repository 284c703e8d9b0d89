/** The point of `[count, 2]` that is nearest to a place and no farther than `reach`, or undefined. */
export function nearestPoint(
  points: Float32Array,
  place: { x: number; y: number },
  reach: number,
): number | undefined {
  let best: number | undefined;
  let least = reach * reach;
  for (let i = 0; 2 * i < points.length; i++) {
    const distance = (points[2 * i]! - place.x) ** 2 + (points[2 * i + 1]! - place.y) ** 2;
    if (distance > least) continue;
    best = i;
    least = distance;
  }
  return best;
}
