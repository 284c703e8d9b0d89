import type { Group } from '../figure.js';
import { round } from './axes.js';
import { badgeWidth, drawBadge, NEUTRAL } from './badge.js';
import { numberText } from './number-text.js';

/** Points that share one code. */
export interface EqualCodes {
  /** One of them. */
  point: number;
  count: number;
}

/** A code is remarkable that more than this share of the points have. */
const SHARE = 0.02;
/** So many of them are pointed out. */
const MOST = 3;

/** Codes that many points share, the most frequent first: they lie on each other and look like one point. */
export function equalCodes(points: readonly number[], codeOf: (point: number) => number[]): EqualCodes[] {
  const found = new Map<string, EqualCodes>();
  for (const point of points) {
    const code = codeOf(point)
      .map((value) => value + 0)
      .join(); // −0 is 0
    const { point: first, count } = found.get(code) ?? { point, count: 0 };
    found.set(code, { point: first, count: count + 1 });
  }
  return [...found.values()]
    .filter(({ count }) => count >= 5 && count > SHARE * points.length)
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST);
}

/** A ring around the place of equal codes, and beside it how many they are. */
export function drawEqualCodes(
  parent: Group,
  equal: readonly EqualCodes[],
  { place, right }: { place: (point: number) => { x: number; y: number }; right: number },
): void {
  const signs = parent.append('g').attr('pointer-events', 'none');
  for (const { point, count } of equal) {
    const { x, y } = place(point);
    const text = `× ${numberText(count)}`;
    const away = 15 + badgeWidth(text) / 2;
    const hasRoom = x + away + badgeWidth(text) / 2 < right;
    drawBadge(signs, { x: round(hasRoom ? x + away : x - away), y: round(y) }, text, NEUTRAL);
    signs
      .append('circle')
      .attr('cx', round(x))
      .attr('cy', round(y))
      .attr('r', 11)
      .attr('fill', 'none')
      .attr('stroke', 'currentColor')
      .attr('stroke-opacity', 0.6);
  }
}
