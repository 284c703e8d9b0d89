import { checkOptions, type FigureOptions } from '../figure.js';
import { emptyFigure } from '../parts/empty.js';
import { exampleStack, type ExampleKind } from '../parts/example-data.js';
import { gridFigure, rowsText } from '../parts/grid.js';
import { countText, picturesOf, type Stack } from '../parts/stack.js';

/**
 * Images, rows or series that a model drew from its prior, in a square.
 * @throws TypeError where sizes and values do not fit together or an option is unknown
 * @throws RangeError where a size or an option has no sensible value
 */
export function samples(images: Stack, options: FigureOptions = {}): SVGSVGElement {
  const subject = 'samples';
  checkOptions(subject, options);
  const pictures = picturesOf(subject, images);
  if (pictures.count === 0) return emptyFigure(subject, 'no samples', options);
  const columns = Math.ceil(Math.sqrt(pictures.count));
  const summary = `${countText(pictures)} drawn by the model, ${rowsText(pictures, columns)}.`;
  return gridFigure(pictures, { subject, summary, columns }, options);
}

samples.example = (options: FigureOptions = {}, of: ExampleKind = 'images'): SVGSVGElement =>
  samples(
    exampleStack(
      of,
      Array.from({ length: 36 }, (_, i) => (i * 0.618) % 1),
      0.6,
    ),
    {
      title: 'Samples',
      ...options,
    },
  );
