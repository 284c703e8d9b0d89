import { scaleLinear } from 'd3-scale';
import { checkOptions, createFigure, bodySizeFor, type FigureOptions } from '../figure.js';
import { drawBottomAxis } from '../parts/axes.js';
import { emptyFigure } from '../parts/empty.js';
import { exampleStack, type ExampleKind } from '../parts/example-data.js';
import { numberText } from '../parts/number-text.js';
import { pixelSize } from '../parts/pixel-size.js';
import { countText, inSquares, picturesOf, type Stack } from '../parts/stack.js';
import { linesUnder } from '../parts/strips.js';
import { layOutTiles } from '../parts/tile-layout.js';
import { drawTiles, tileNotes } from '../parts/tiles.js';
import { addTooltip } from '../parts/tooltip.js';

/** One row an interpolation: its first picture decodes the first code, its last the last code. */
export interface InterpolationRows {
  /** rows · columns of them, row by row. */
  images: Stack;
  /** Steps of an interpolation, both ends included; at least two. */
  columns: number;
}

const axisHeight = 36;

/**
 * How one image, or row or series, becomes another along a line through the code, a row each.
 * @throws TypeError where sizes and values do not fit together or an option is unknown
 * @throws RangeError where the images do not fill whole rows, or a size or an option has no sensible value
 */
export function interpolation(
  { images, columns }: InterpolationRows,
  options: FigureOptions = {},
): SVGSVGElement {
  const subject = 'interpolation';
  checkOptions(subject, options);
  const pictures = inSquares(picturesOf(subject, images));
  if (!Number.isInteger(columns) || columns < 2)
    throw new RangeError(`Cannot draw ${subject}: columns is ${columns}, expected a whole number from 2`);
  if (pictures.count % columns !== 0)
    throw new RangeError(
      `Cannot draw ${subject}: found ${countText(pictures)}, expected whole rows of ${columns}`,
    );
  if (pictures.count === 0) return emptyFigure(subject, 'no interpolations', options);

  const { width: w, height: h, count } = pictures;
  const rows = count / columns;
  const gap = Math.max(1, Math.round(h / 10));
  const notes = tileNotes(pictures);
  const room = bodySizeFor(options, notes);
  const pixel = Math.min(
    pixelSize(pictures, room.width, columns * w),
    room.height === undefined
      ? Infinity
      : pixelSize(pictures, room.height - axisHeight, rows * (h + gap) - gap),
  );
  const layout = layOutTiles(count, pictures, {
    columns,
    gap: 0,
    rowTops: Array.from({ length: rows }, (_, row) => row * (h + gap)),
  });
  const [width, height] = [layout.width * pixel, layout.height * pixel];

  const sheet = createFigure(options, {
    subject,
    summary: `${rows} interpolations in ${columns} steps each, from the code of the left ${pictures.kind} to that of the right.`,
    notes,
    width: room.isWidthGiven ? room.width : Math.max(width, 240),
    height: height + axisHeight,
  });
  drawTiles(
    sheet.body,
    Array.from({ length: count }, (_, index) => ({ pictures, index })),
    layout,
    { x: 0, y: 0, pixel },
  );
  drawBottomAxis(sheet.body, {
    scale: scaleLinear([0, 1], [(w * pixel) / 2, width - (w * pixel) / 2]),
    ticks: [0, 0.5, 1],
    across: [height + 2, height + 2],
    label: 'way from the first code to the last',
  });
  addTooltip(sheet, (x, y) => {
    const column = Math.floor(x / pixel / w);
    const row = Math.floor(y / pixel / (h + gap));
    if (column < 0 || column >= columns || row < 0 || row >= rows) return undefined;
    const left = x - column * w * pixel;
    return {
      x,
      y,
      lines: [
        `${numberText(column / (columns - 1), 3)} of the way`,
        ...linesUnder([pictures], row * columns + column, { left, width: w * pixel, height: h * pixel }),
      ],
    };
  });
  return sheet.svg;
}

interpolation.example = (options: FigureOptions = {}, of: ExampleKind = 'images'): SVGSVGElement => {
  const columns = 10;
  const phases = [0.05, 0.35, 0.65].flatMap((start) =>
    Array.from({ length: columns }, (_, step) => start + (0.3 * step) / (columns - 1)),
  );
  return interpolation(
    { images: exampleStack(of, phases, 0.3), columns },
    { title: 'Interpolation', ...options },
  );
};
