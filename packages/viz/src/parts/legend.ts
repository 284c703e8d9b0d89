import type { Group } from '../figure.js';
import { badgeHeight, badgeWidth, drawBadge } from './badge.js';

export interface LegendEntry {
  name: string;
  color: string;
}

const space = 4;

/** Where the badges of a legend stand, in lines of at most the width; the height includes the air below. */
export function layOutLegend(entries: LegendEntry[], width: number) {
  let x = 0;
  let y = badgeHeight / 2;
  const places = entries.map(({ name }) => {
    const own = badgeWidth(name);
    if (x > 0 && x + own > width) {
      x = 0;
      y += badgeHeight + space;
    }
    x += own + space;
    return { x: x - space - own / 2, y };
  });
  return { places, height: entries.length > 0 ? y + badgeHeight / 2 + 10 : 0 };
}

/** Draws the badges; `onPoint` hears which entry the pointer is on, and undefined when it leaves. */
export function drawLegend(
  parent: Group,
  entries: LegendEntry[],
  places: { x: number; y: number }[],
  onPoint: (entry: number | undefined) => void,
): void {
  entries.forEach(({ name, color }, i) =>
    drawBadge(parent, places[i]!, name, color)
      .on('pointerenter', () => onPoint(i))
      .on('pointerleave', () => onPoint(undefined)),
  );
}
