import { checkOptions, type FigureOptions } from '../figure.js';
import { emptyFigure } from '../parts/empty.js';
import { exampleImages } from '../parts/example-data.js';
import { gridFigure } from '../parts/grid.js';
import { checkImages, type ImageStack } from '../parts/image-stack.js';

/**
 * Images that a model drew from its prior, in a square.
 * @throws TypeError where sizes and pixels do not fit together or an option is unknown
 * @throws RangeError where a size or an option has no sensible value
 */
export function samples(images: ImageStack, options: FigureOptions = {}): SVGSVGElement {
  const subject = 'samples';
  checkOptions(subject, options);
  checkImages(subject, images);
  if (images.count === 0) return emptyFigure(subject, 'no samples', options);
  const columns = Math.ceil(Math.sqrt(images.count));
  const summary = `${images.count} images drawn by the model, in rows of ${columns}.`;
  return gridFigure(images, { subject, summary, columns }, options);
}

samples.example = (options: FigureOptions = {}): SVGSVGElement =>
  samples(
    exampleImages(
      Array.from({ length: 36 }, (_, i) => (i * 0.618) % 1),
      0.6,
    ),
    {
      title: 'Samples',
      ...options,
    },
  );
