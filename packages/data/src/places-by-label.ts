import type { Examples } from './examples.js';

/**
 * The first places of each label in turn, from the least label on and then again, so that every class is seen; without labels the first
 * places. `most` of them at most.
 */
export function placesByLabel({ labels, count }: Examples, most: number): number[] {
  const shown = Math.min(most, count);
  if (!labels) return Array.from({ length: shown }, (_, place) => place);
  const byLabel: number[][] = [];
  labels.forEach((label, place) => (byLabel[label] ??= []).push(place));
  const places: number[] = [];
  for (let round = 0; places.length < shown; round++)
    for (const found of byLabel)
      if (found && round < found.length && places.length < shown) places.push(found[round]!);
  return places;
}
