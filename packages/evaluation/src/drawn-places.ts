import type { RandomStream } from '@ae/models';

/** `size` of `count` places, each once, in an order of chance: the first steps of Fisher and Yates' shuffle. */
export function drawnPlaces(count: number, size: number, random: RandomStream): Uint32Array {
  const places = Uint32Array.from({ length: count }, (_, i) => i);
  for (let i = 0; i < size; i++) {
    const j = i + Math.floor(random.next() * (count - i));
    [places[i], places[j]] = [places[j]!, places[i]!];
  }
  return places.slice(0, size);
}
