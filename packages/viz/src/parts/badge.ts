import type { Group } from '../figure.js';
import { inkOn } from './class-color.js';
import { fitName, plainText, textWidth } from './text.js';

export const badgeHeight = 16;
const LONGEST = 110; // pixels of text

/** The colour of a badge that belongs to no single class. */
export const NEUTRAL = '#4a4f57';

/** Width in pixels of a badge with this text. */
export const badgeWidth = (text: string): number =>
  Math.max(badgeHeight, Math.ceil(textWidth(fitName(text, LONGEST, 11), 11)) + 8);

/** A class's name on its colour, centred at a point: the same sign in legends, in lanes and amid the points. */
export function drawBadge(parent: Group, at: { x: number; y: number }, text: string, color: string): Group {
  const width = badgeWidth(text);
  const badge: Group = parent.append('g').attr('transform', `translate(${at.x},${at.y})`);
  badge
    .append('rect')
    .attr('x', -width / 2)
    .attr('y', -badgeHeight / 2)
    .attr('width', width)
    .attr('height', badgeHeight)
    .attr('rx', badgeHeight / 2)
    .attr('fill', color);
  badge
    .append('text')
    .attr('y', 3.6)
    .attr('font-size', 10)
    .attr('font-weight', 600)
    .attr('stroke', 'none')
    .attr('text-anchor', 'middle')
    .attr('fill', inkOn(color))
    .text(fitName(text, LONGEST, 11));
  if (fitName(text, LONGEST, 11) !== text) badge.append('title').text(plainText(text));
  return badge;
}
