import type { LabelledImages } from '../src/index.js';

/** The labels of the three images nearest in Euclidean distance among the first `count`, the nearest one first. */
export function nearestLabels(
  { values, labels }: LabelledImages,
  count: number,
  image: Uint8Array,
): number[] {
  const nearest = Array.from({ length: 3 }, () => ({ distance: 1e12, label: -1 }));
  for (let i = 0; i < count; i++) {
    const distance = squaredDistance(values, i * 784, image, nearest[2]!.distance);
    if (distance >= nearest[2]!.distance) continue;
    nearest[2] = { distance, label: labels[i]! };
    nearest.sort((a, b) => a.distance - b.distance);
  }
  return nearest.map(({ label }) => label);
}

/** Given up once it is beyond the limit. */
function squaredDistance(images: Uint8Array, from: number, image: Uint8Array, limit: number): number {
  let sum = 0;
  for (let row = 0; row < 784 && sum < limit; row += 28) {
    for (let i = row; i < row + 28; i++) {
      const difference = images[from + i]! - image[i]!;
      sum += difference * difference;
    }
  }
  return sum;
}
