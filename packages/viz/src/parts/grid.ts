import { createFigure, bodySizeFor, type FigureOptions } from '../figure.js';
import { round } from './axes.js';
import { pixelSize } from './pixel-size.js';
import type { Pictures } from './stack.js';
import { linesUnder } from './strips.js';
import { fitText, plainText } from './text.js';
import { layOutTiles } from './tile-layout.js';
import { drawTiles, tileNotes } from './tiles.js';
import { addTooltip } from './tooltip.js';

export interface GridSpec {
  subject: string;
  summary: string;
  columns: number;
  /** One text below each picture. */
  labels?: string[] | undefined;
}

const widest = 960;
const labelHeight = 17;

/** `in rows of 4`; of what are rows themselves, or series, `4 side by side`. */
export const rowsText = ({ kind }: Pictures, columns: number): string =>
  kind === 'image' ? `in rows of ${columns}` : `${columns} side by side`;

/** A whole figure of pictures in rows, one of their pixels apart, with their labels below. */
export function gridFigure(pictures: Pictures, spec: GridSpec, options: FigureOptions): SVGSVGElement {
  const { subject, summary, columns, labels } = spec;
  const { width: w, height: h, count } = pictures;
  const rows = Math.ceil(count / columns);
  const notes = tileNotes(pictures);
  const room = bodySizeFor(options, notes);
  const across = columns * (w + 1) - 1;
  const roomWidth = room.isWidthGiven ? room.width : Math.min(widest, Math.max(room.width, across));
  const pixel = Math.min(
    pixelSize(pictures, roomWidth, across),
    room.height === undefined
      ? Infinity
      : pixelSize(pictures, room.height - (labels ? rows * labelHeight : 0), rows * (h + 1) - 1),
  );
  const gap = labels ? Math.ceil(labelHeight / pixel) : 1;
  const layout = layOutTiles(count, pictures, {
    columns,
    gap: 1,
    rowTops: Array.from({ length: rows }, (_, row) => row * (h + gap)),
  });

  const sheet = createFigure(options, {
    subject,
    summary,
    notes,
    width: room.isWidthGiven ? room.width : Math.max(layout.width * pixel, 240),
    height: layout.height * pixel + (labels ? labelHeight : 0),
  });
  drawTiles(
    sheet.body,
    Array.from({ length: count }, (_, index) => ({ pictures, index })),
    layout,
    { x: 0, y: 0, pixel },
  );
  if (labels) {
    const texts = sheet.body.append('g').attr('font-size', 11).attr('text-anchor', 'middle');
    labels.forEach((label, i) => {
      const place = layout.place(i);
      const text = fitText(label, (w + 1) * pixel, 11);
      if (text !== '')
        texts
          .append('text')
          .attr('x', round((place.x + w / 2) * pixel))
          .attr('y', round((place.y + h) * pixel + 11.5))
          .text(text);
    });
  }
  addTooltip(sheet, (x, y) => {
    const column = Math.floor(x / pixel / (w + 1));
    const row = Math.floor(y / pixel / (h + gap));
    const index = row * columns + column;
    if (column < 0 || column >= columns || row < 0 || index >= count) return undefined;
    const left = x - column * (w + 1) * pixel;
    return {
      x,
      y,
      lines: [
        ...(labels ? [`label ${plainText(labels[index]!)}`] : []),
        `${pictures.kind} ${index}`,
        ...linesUnder([pictures], index, { left, width: w * pixel, height: h * pixel }),
      ],
    };
  });
  return sheet.svg;
}
