import type { Selection } from 'd3-selection';
import { textWidth } from './text.js';

/** What a colour stands for. */
export interface Key {
  name: string;
  color: string;
}

// Spaces rather than dx, which resvg leaves out of account when it aligns the end.
const space = '\u00a0';

/** Width in pixels of a key and the air behind it. */
export const keyWidth = ({ name }: Key): number => textWidth(name, 11) + 27;

/** As many keys a line as the width holds. */
export function wrapKeys(keys: readonly Key[], width: number): Key[][] {
  const lines: Key[][] = [];
  let left = 0;
  for (const key of keys) {
    if (left < keyWidth(key) || lines.length === 0) {
      lines.push([]);
      left = width;
    }
    lines.at(-1)!.push(key);
    left -= keyWidth(key);
  }
  return lines;
}

/** A dot of its colour before each name. */
export function drawKeys(
  text: Selection<SVGTextElement, unknown, null, undefined>,
  keys: readonly Key[],
): void {
  keys.forEach(({ name, color }, i) => {
    text
      .append('tspan')
      .attr('fill', color)
      .text(`${i === 0 ? '' : space.repeat(4)}●${space}`);
    text.append('tspan').text(name);
  });
}
