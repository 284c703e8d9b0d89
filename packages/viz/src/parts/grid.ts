import { createFigure, roomFor, type FigureOptions } from '../figure.js';
import { round } from './axes.js';
import type { ImageStack } from './image-stack.js';
import { brokenNotes, drawMosaic, mosaic } from './mosaic.js';
import { pixelSize } from './pixel-size.js';
import { fitText, plainText } from './text.js';
import { addTooltip } from './tooltip.js';

export interface GridSpec {
  subject: string;
  summary: string;
  columns: number;
  /** One text below each image. */
  labels?: string[] | undefined;
}

const widest = 960;
const labelHeight = 17;

/** A whole figure of images in rows, one image pixel apart, with their labels below. */
export function gridFigure(images: ImageStack, spec: GridSpec, options: FigureOptions): SVGSVGElement {
  const { subject, summary, columns, labels } = spec;
  const { width: w, height: h, count } = images;
  const rows = Math.ceil(count / columns);
  const notes = brokenNotes(images);
  const room = roomFor(options, notes);
  const across = columns * (w + 1) - 1;
  const roomWidth = room.isWidthGiven ? room.width : Math.min(widest, Math.max(room.width, across));
  const pixel = Math.min(
    pixelSize(roomWidth, across, h),
    room.height === undefined
      ? Infinity
      : pixelSize(room.height - (labels ? rows * labelHeight : 0), rows * (h + 1) - 1, h),
  );
  const gap = labels ? Math.ceil(labelHeight / pixel) : 1;
  const raster = mosaic(
    Array.from({ length: count }, (_, index) => ({ images, index })),
    { columns, gap: 1, rowTops: Array.from({ length: rows }, (_, row) => row * (h + gap)) },
  );

  const sheet = createFigure(options, {
    subject,
    summary,
    notes,
    width: room.isWidthGiven ? room.width : Math.max(raster.width * pixel, 240),
    height: raster.height * pixel + (labels ? labelHeight : 0),
  });
  drawMosaic(sheet.body, raster, { x: 0, y: 0, pixel });
  if (labels) {
    const texts = sheet.body.append('g').attr('font-size', 11).attr('text-anchor', 'middle');
    labels.forEach((label, i) => {
      const place = raster.place(i);
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
    return { x, y, lines: [...(labels ? [`label ${plainText(labels[index]!)}`] : []), `image ${index}`] };
  });
  return sheet.svg;
}
