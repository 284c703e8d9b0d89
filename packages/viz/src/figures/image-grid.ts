import { checkOptions, type FigureOptions } from '../figure.js';
import { emptyFigure } from '../parts/empty.js';
import { exampleStack, type ExampleKind } from '../parts/example-data.js';
import { gridFigure, rowsText } from '../parts/grid.js';
import { checkLabels } from '../parts/labels.js';
import { countText, picturesOf, pluralOf, type Pictures, type Stack } from '../parts/stack.js';

export interface ImageGridOptions extends FigureOptions {
  /** Pictures in a row. @default as many as fit at two screen pixels an image pixel, but no grid much taller than wide */
  columns?: number;
  /** One text or number below each picture. */
  labels?: ArrayLike<string | number>;
}

/**
 * Images in rows, in reading order, drawn crisp; rows of numbers and series as strips.
 * @throws TypeError where sizes, values and labels do not fit together or an option is unknown
 * @throws RangeError where a size or an option has no sensible value
 */
export function imageGrid(images: Stack, options: ImageGridOptions = {}): SVGSVGElement {
  const subject = 'image grid';
  checkOptions(subject, options, ['columns', 'labels']);
  const pictures = picturesOf(subject, images);
  const labels = checkLabels(subject, options.labels, pictures);
  const columns = options.columns ?? defaultColumns(pictures, options.width ?? 480);
  if (!Number.isInteger(columns) || columns < 1)
    throw new RangeError(`Cannot draw ${subject}: columns is ${columns}, expected a whole number from 1`);
  if (pictures.count === 0) return emptyFigure(subject, `no ${pluralOf(pictures.kind)}`, options);
  const summary = `${countText(pictures)} ${rowsText(pictures, columns)}${labels ? ', each above its label' : ''}.`;
  const { kind } = pictures;
  return gridFigure(
    pictures,
    { subject: kind === 'image' ? subject : `grid of ${pluralOf(kind)}`, summary, columns, labels },
    options,
  );
}

imageGrid.example = (options: FigureOptions = {}, of: ExampleKind = 'images'): SVGSVGElement =>
  imageGrid(
    exampleStack(
      of,
      Array.from({ length: 16 }, (_, i) => i / 15),
    ),
    {
      title: `Sixteen ${of} and their labels`,
      labels: Array.from({ length: 16 }, (_, i) => i),
      ...options,
    },
  );

function defaultColumns({ count, width }: Pictures, room: number): number {
  const fitting = Math.max(1, Math.floor((room + 2) / (2 * (width + 1))));
  const most = Math.max(fitting, Math.ceil(Math.sqrt(count)));
  return Math.ceil(count / Math.max(1, Math.ceil(count / most))) || 1;
}
