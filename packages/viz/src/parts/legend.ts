import type { Group } from '../figure.js';
import { badgeHeight, badgeWidth, drawBadge } from './badge.js';
import { numberText } from './number-text.js';

export interface LegendEntry {
  sign: string;
  color: string;
}

/** Where the badges of a legend stand, and what is said of entries beyond them. */
export interface LegendLayout {
  places: { x: number; y: number }[];
  more?: { text: string; x: number; y: number };
  /** The air below included. */
  height: number;
}

const space = 4;
/** More names than these nobody looks through. */
const MOST = 100;

/** Badges in lines of at most the width. */
export function layOutLegend(entries: readonly LegendEntry[], width: number): LegendLayout {
  let x = 0;
  let y = badgeHeight / 2;
  const next = (own: number) => {
    if (x > 0 && x + own > width) {
      x = 0;
      y += badgeHeight + space;
    }
    x += own + space;
    return { x: x - space - own / 2, y };
  };
  const places = entries.slice(0, MOST).map(({ sign }) => next(badgeWidth(sign)));
  const text = `and ${numberText(entries.length - MOST)} more`;
  const more = entries.length > MOST ? { text, ...next(badgeWidth(text)) } : undefined;
  return {
    places,
    ...(more && { more }),
    height: entries.length > 0 ? y + badgeHeight / 2 + 10 : 0,
  };
}

/** Draws the badges; `onPoint` hears which entry the pointer is on, and undefined when it leaves. */
export function drawLegend(
  parent: Group,
  entries: readonly LegendEntry[],
  { places, more }: LegendLayout,
  onPoint: (entry: number | undefined) => void,
): void {
  places.forEach((place, i) =>
    drawBadge(parent, place, entries[i]!.sign, entries[i]!.color)
      .on('pointerenter', () => onPoint(i))
      .on('pointerleave', () => onPoint(undefined)),
  );
  if (more)
    parent
      .append('text')
      .attr('x', more.x)
      .attr('y', more.y + 4)
      .attr('text-anchor', 'middle')
      .attr('font-size', 11)
      .text(more.text);
}
