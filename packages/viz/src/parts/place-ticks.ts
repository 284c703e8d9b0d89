import { scaleLinear } from 'd3-scale';
import { niceTicks } from './axes.js';

/**
 * About `count` ticks for an axis along which these rising coordinates stand at equal distances: round numbers where the coordinates
 * themselves are evenly spaced; otherwise some of the coordinates, as exactly as tells them from their neighbours.
 */
export function placeTicks(places: readonly number[], count: number): number[] {
  const [first, last] = [places[0]!, places.at(-1)!];
  const step = (last - first) / (places.length - 1);
  const isEven = places.every((place, i) => i === 0 || Math.abs(place - first - i * step) < 1e-6 * step);
  if (isEven) return niceTicks(scaleLinear([first, last], [0, 1]), count);
  const ticks = Math.min(places.length, Math.max(2, Math.floor(count)));
  return Array.from({ length: ticks }, (_, tick) => {
    const at = Math.round((tick * (places.length - 1)) / (ticks - 1));
    const nearest = Math.min(
      ...[at - 1, at + 1].flatMap((other) =>
        places[other] === undefined ? [] : Math.abs(places[at]! - places[other]),
      ),
    );
    const unit = 10 ** Math.floor(Math.log10(nearest));
    return Number((Math.round(places[at]! / unit) * unit).toPrecision(12)) + 0;
  });
}
