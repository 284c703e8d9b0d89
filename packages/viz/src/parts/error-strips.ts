import { max } from 'd3-array';
import { bodySizeFor, createFigure, type FigureOptions, type Group } from '../figure.js';
import { round } from './axes.js';
import type { Blamed } from './blamed.js';
import { layOutCards } from './cards.js';
import { beyondNotes, brokenNotes, errorsIn, type Errors } from './errors.js';
import { numberText } from './number-text.js';
import { countText, type Pictures } from './stack.js';
import { linesUnder, stripMargin } from './strips.js';
import { fitText } from './text.js';
import { layOutTiles } from './tile-layout.js';
import { drawTiles, tileNotes } from './tiles.js';
import { addTooltip } from './tooltip.js';

const SHADE = '#ff4b3c';
/** How strong the shade of the largest error is, and in how many steps it comes to that. */
const [STRONGEST, LEVELS] = [0.5, 12];
const leastWidth = 280;
const headHeight = 16;
const [usualHeight, leastHeight] = [84, 12];

/** Windows of a series as strips, with their time steps shaded by their errors. */
export function drawErrorStrips(
  { subject, pictures: given, errors, labels }: Blamed,
  options: FigureOptions,
): SVGSVGElement {
  const { count } = given;
  const notes = [
    `The redder a step, the larger its error, up to ${numberText(errors.top, 3)}; one scale for all.`,
    ...beyondNotes(errors, 'the same'),
    ...tileNotes(given),
    ...brokenNotes(errors, given),
  ];
  const room = bodySizeFor(options, notes);
  const { bands, width, place, cardAt } = layOutCards(count, room.width, leastWidth);
  const most = (room.height ?? Infinity) / bands - headHeight - 8;
  const height = Math.max(leastHeight, Math.min(usualHeight, most));
  const cardHeight = headHeight + height + 8;
  const pictures: Pictures = { ...given, width, height };

  const sheet = createFigure(options, {
    subject,
    summary: `${countText(pictures)}, their steps shaded by their errors, which go up to ${numberText(errors.top, 3)}.`,
    notes,
    width: room.width,
    height: bands * cardHeight - 8,
  });
  const corners = Array.from({ length: count }, (_, index) => {
    const { x, y } = place(index, cardHeight);
    return { x, y: y + headHeight };
  });
  drawShades(sheet.body, corners, { width, height, errors });
  const layout = {
    ...layOutTiles(count, pictures, { columns: 1, gap: 0 }),
    place: (tile: number) => ({ ...corners[tile]!, width, height }),
  };
  drawTiles(
    sheet.body,
    corners.map((_, index) => ({ pictures, index })),
    layout,
    { x: 0, y: 0, pixel: 1 },
  );
  const heads = sheet.body.append('g').attr('font-size', 11).attr('fill-opacity', 0.75);
  corners.forEach(({ x, y }, index) =>
    heads
      .append('text')
      .attr('x', round(x + 1))
      .attr('y', round(y - 4))
      .text(fitText(labels?.[index] ?? `series ${index}`, width, 11)),
  );
  addTooltip(sheet, (x, y) => {
    const index = cardAt(x, y, cardHeight);
    if (index === undefined) return undefined;
    const inTile = { left: x - corners[index]!.x, width, height };
    const [said] = linesUnder([pictures], index, inTile);
    if (said === undefined) return undefined;
    const error = errorsIn(errors, index)[stepAt(errors, inTile)]!;
    return {
      x,
      y,
      lines: [labels ? `label ${labels[index]!}` : `series ${index}`, said, `error ${numberText(error, 3)}`],
    };
  });
  return sheet.svg;
}

const stepAt = (
  { places }: Errors,
  { left, width, height }: { left: number; width: number; height: number },
): number => Math.floor((places * (left - stripMargin(height))) / (width - 2 * stripMargin(height)));

/** One path a level of all strips; where there are more steps than pixels, the largest error of each pixel. */
function drawShades(
  parent: Group,
  corners: readonly { x: number; y: number }[],
  { width, height, errors }: { width: number; height: number; errors: Errors },
): void {
  const margin = stripMargin(height);
  const spans = Math.min(errors.places, Math.max(1, Math.floor(width - 2 * margin)));
  const span = (width - 2 * margin) / spans;
  const paths = Array.from({ length: LEVELS + 1 }, () => '');
  corners.forEach(({ x, y }, index) => {
    const own = errorsIn(errors, index);
    const levels = Array.from({ length: spans }, (_, i) => {
      const [from, to] = [i, i + 1].map((end) => Math.floor((end * errors.places) / spans));
      const error = max(own.subarray(from, to)) ?? 0;
      return errors.top > 0 ? Math.round(LEVELS * Math.min(1, error / errors.top)) : 0;
    });
    for (let from = 0, to = 1; from < spans; from = to++) {
      while (to < spans && levels[to] === levels[from]) to++;
      const [left, right] = [from, to].map((end) => round(x + margin + end * span));
      paths[levels[from]!] += `M${left},${round(y + 1)}H${right}V${round(y + height - 1)}H${left}z`;
    }
  });
  paths.forEach((path, level) => {
    if (level > 0 && path !== '')
      parent
        .append('path')
        .attr('d', path)
        .attr('fill', SHADE)
        .attr('fill-opacity', round((STRONGEST * level) / LEVELS));
  });
}
