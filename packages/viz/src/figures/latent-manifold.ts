import { scaleLinear } from 'd3-scale';
import { checkOptions, createFigure, roomFor, type FigureOptions } from '../figure.js';
import { drawBottomAxis, drawLeftAxis, leftMargin, niceTicks } from '../parts/axes.js';
import { emptyFigure } from '../parts/empty.js';
import { exampleImages } from '../parts/example-data.js';
import { checkImages, type ImageStack } from '../parts/image-stack.js';
import { brokenNotes, drawMosaic, mosaic } from '../parts/mosaic.js';
import { numberText } from '../parts/number-text.js';
import { pixelSize } from '../parts/pixel-size.js';
import { addTooltip } from '../parts/tooltip.js';

/** What the decoder makes of a grid of codes. */
export interface Manifold {
  /** rows · columns images, row by row: the first row decodes the largest second coordinate, as on a map. */
  images: ImageStack;
  columns: number;
  /** The codes of the outermost images: [leftmost, rightmost] first coordinate, [lowest, topmost] second coordinate. */
  extent: [[number, number], [number, number]];
}

const below = 36;
const above = 26;
const widest = 960;

/**
 * The decoded plane: at each place of the code, the image that the decoder draws there.
 * @throws TypeError where sizes and pixels do not fit together or an option is unknown
 * @throws RangeError where the images do not fill whole rows, the extent is not finite, or a size or an option has no sensible value
 */
export function latentManifold(
  { images, columns, extent }: Manifold,
  options: FigureOptions = {},
): SVGSVGElement {
  const subject = 'latent manifold';
  checkOptions(subject, options);
  checkImages(subject, images);
  checkGrid(subject, images.count, columns, extent);
  if (images.count === 0) return emptyFigure(subject, 'no images', options);

  const { width: w, height: h, count } = images;
  const rows = count / columns;
  const [[x0, x1], [y0, y1]] = extent;
  const isPlane = rows > 1;
  const yTicks = isPlane ? niceTicks(scaleLinear([y0, y1], [0, 1]), 6) : [];
  const left = isPlane ? leftMargin(yTicks) : 0;
  const top = isPlane ? above : 0;
  const notes = brokenNotes(images);
  const room = roomFor(options, notes);
  const roomWidth = room.isWidthGiven
    ? room.width
    : Math.min(widest, Math.max(room.width, left + columns * w));
  const pixel = Math.min(
    pixelSize(roomWidth - left, columns * w, h),
    room.height === undefined ? Infinity : pixelSize(room.height - top - below, rows * h, h),
  );
  const raster = mosaic(
    Array.from({ length: count }, (_, index) => ({ images, index })),
    { columns, gap: 0 },
  );
  const [right, bottom] = [left + raster.width * pixel, top + raster.height * pixel];

  const sheet = createFigure(options, {
    subject,
    summary: `${count} decoded images at evenly spaced codes, from ${x0} to ${x1}${isPlane ? ` across and from ${y0} to ${y1} upwards` : ''}.`,
    notes,
    width: room.isWidthGiven ? room.width : Math.max(right, 240),
    height: bottom + below,
  });
  drawMosaic(sheet.body, raster, { x: left, y: top, pixel });
  const x = scaleLinear([x0, x1], [left + (w * pixel) / 2, right - (w * pixel) / 2]);
  const y = scaleLinear([y0, y1], [bottom - (h * pixel) / 2, top + (h * pixel) / 2]);
  drawBottomAxis(sheet.body, {
    scale: x,
    ticks: niceTicks(x, Math.min(10, Math.max(2, (right - left) / 70))),
    across: [bottom + 2, bottom + 2],
    label: isPlane ? 'code 1' : 'code',
  });
  if (isPlane)
    drawLeftAxis(sheet.body, { scale: y, ticks: yTicks, across: [left, left], label: 'code 2', top });
  addTooltip(sheet, (px, py) => {
    const column = Math.floor((px - left) / pixel / w);
    const row = Math.floor((py - top) / pixel / h);
    if (column < 0 || column >= columns || row < 0 || row >= rows) return undefined;
    const code = [between(x0, x1, column, columns), between(y1, y0, row, rows)].slice(0, isPlane ? 2 : 1);
    return { x: px, y: py, lines: [`code ${code.map((value) => numberText(value, 3)).join(', ')}`] };
  });
  return sheet.svg;
}

latentManifold.example = (options: FigureOptions = {}): SVGSVGElement => {
  const columns = 14;
  const phases = Array.from({ length: columns * columns }, (_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    return (0.7 * column + 0.3 * row) / (columns - 1);
  });
  return latentManifold(
    {
      images: exampleImages(phases, 0.3),
      columns,
      extent: [
        [-3, 3],
        [-3, 3],
      ],
    },
    { title: 'Decoded plane', ...options },
  );
};

function checkGrid(subject: string, count: number, columns: number, extent: Manifold['extent']): void {
  if (!Number.isInteger(columns) || columns < 1)
    throw new RangeError(`Cannot draw ${subject}: columns is ${columns}, expected a whole number from 1`);
  if (count % columns !== 0)
    throw new RangeError(`Cannot draw ${subject}: found ${count} images, expected whole rows of ${columns}`);
  if (!extent.flat().every(Number.isFinite) || extent.flat().length !== 4)
    throw new RangeError(
      `Cannot draw ${subject}: extent is ${JSON.stringify(extent)}, expected [[x0, x1], [y0, y1]] of finite numbers`,
    );
}

/** The coordinate of one of `count` evenly spaced places from `first` to `last`. */
const between = (first: number, last: number, place: number, count: number): number =>
  count === 1 ? (first + last) / 2 : first + ((last - first) * place) / (count - 1);
