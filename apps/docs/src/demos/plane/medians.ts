import { median } from 'd3-array';

/** The middle of each digit's points, `[count, 2]`; only of digits that are there. */
export function mediansOf(
  points: Float32Array,
  labels: Uint8Array,
): { digit: number; x: number; y: number }[] {
  return Array.from({ length: 10 }, (_, digit) => {
    const members = Array.from({ length: points.length / 2 }, (_, i) => i).filter((i) => labels[i] === digit);
    const x = median(members, (i) => points[2 * i]);
    const y = median(members, (i) => points[2 * i + 1]);
    return x === undefined || y === undefined ? [] : [{ digit, x, y }];
  }).flat();
}
