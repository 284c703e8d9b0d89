import { checkOptions, type FigureOptions } from '../figure.js';
import { emptyFigure } from '../parts/empty.js';
import { exampleImages } from '../parts/example-data.js';
import { gridFigure } from '../parts/grid.js';
import { checkImages, type ImageStack } from '../parts/image-stack.js';
import { checkLabels } from '../parts/labels.js';

export interface ImageGridOptions extends FigureOptions {
  /** Images in a row. @default as many as fit at two screen pixels an image pixel, but no grid much taller than wide */
  columns?: number;
  /** One text or number below each image. */
  labels?: ArrayLike<string | number>;
}

/**
 * Images in rows, in reading order, drawn crisp.
 * @throws TypeError where sizes, pixels and labels do not fit together or an option is unknown
 * @throws RangeError where a size or an option has no sensible value
 */
export function imageGrid(images: ImageStack, options: ImageGridOptions = {}): SVGSVGElement {
  const subject = 'image grid';
  checkOptions(subject, options, ['columns', 'labels']);
  checkImages(subject, images);
  const labels = checkLabels(subject, options.labels, images.count);
  const columns = options.columns ?? defaultColumns(images, options.width ?? 480);
  if (!Number.isInteger(columns) || columns < 1)
    throw new RangeError(`Cannot draw ${subject}: columns is ${columns}, expected a whole number from 1`);
  if (images.count === 0) return emptyFigure(subject, 'no images', options);
  const summary = `${images.count} images in rows of ${columns}${labels ? ', each above its label' : ''}.`;
  return gridFigure(images, { subject, summary, columns, labels }, options);
}

imageGrid.example = (options: FigureOptions = {}): SVGSVGElement =>
  imageGrid(exampleImages(Array.from({ length: 16 }, (_, i) => i / 15)), {
    title: 'Sixteen images and their labels',
    labels: Array.from({ length: 16 }, (_, i) => i),
    ...options,
  });

function defaultColumns({ count, width }: ImageStack, room: number): number {
  const fitting = Math.max(1, Math.floor((room + 2) / (2 * (width + 1))));
  const most = Math.max(fitting, Math.ceil(Math.sqrt(count)));
  return Math.ceil(count / Math.max(1, Math.ceil(count / most))) || 1;
}
