import { pointer, select } from 'd3-selection';
import type { Group, Sheet } from '../figure.js';
import { round } from './axes.js';
import { fitText, textWidth } from './text.js';

/** What the pointer is on: where it lies in the body, and what to say about it. */
export interface Hit {
  x: number;
  y: number;
  lines: string[];
  /** Whether to put a ring around the place. */
  hasRing?: boolean;
}

/** Says in a small box what lies under the pointer. Draws nothing before the first pointer comes, so saved files stay clean. */
export function addTooltip(
  { svg, body, width }: Sheet,
  find: (x: number, y: number) => Hit | undefined,
): void {
  let box: Group | undefined;
  const hide = () => {
    box?.remove();
    box = undefined;
  };
  select(svg)
    .on('pointerenter', () => nameWithoutTitle(svg))
    .on('pointerleave', hide)
    .on('pointermove', (event: PointerEvent) => {
      const [x, y] = pointer(event, body.node());
      const hit = find(x, y);
      hide();
      if (hit) box = drawBox(body, hit, width);
    });
}

/** Browsers show a root `<title>` as a tooltip of their own; while the pointer is here, the name moves to an attribute. */
function nameWithoutTitle(svg: SVGSVGElement): void {
  const title = select(svg).select<SVGTitleElement>('title');
  if (title.empty()) return;
  svg.setAttribute('aria-label', title.text());
  title.remove();
}

function drawBox(body: Group, { x, y, lines, hasRing = false }: Hit, room: number): Group {
  const shown = lines.map((line) => fitText(line, room - 24, 11));
  const width = Math.ceil(Math.max(...shown.map((line) => textWidth(line, 11)))) + 14;
  const height = 15 * shown.length + 8;
  const left = x + 10 + width < room ? x + 10 : Math.max(0, x - 10 - width);
  const top = Math.max(0, y - height - 8);
  const box: Group = body.append('g').attr('pointer-events', 'none').attr('data-tooltip', '');
  box.attr('transform', `translate(${round(left)},${round(top)})`);
  box
    .append('rect')
    .attr('width', width)
    .attr('height', height)
    .attr('rx', 4)
    .attr('fill', '#1b1e23')
    .attr('stroke', '#ffffff')
    .attr('stroke-opacity', 0.3);
  if (hasRing)
    box
      .append('circle')
      .attr('cx', round(x - left))
      .attr('cy', round(y - top))
      .attr('r', 5)
      .attr('fill', 'none')
      .attr('stroke', 'currentColor')
      .attr('stroke-width', 1.5);
  shown.forEach((line, i) =>
    box
      .append('text')
      .attr('x', 7)
      .attr('y', 15 + 15 * i)
      .attr('font-size', 11)
      .attr('fill', '#ffffff')
      .text(line),
  );
  return box;
}
