import { type Examples, unitOf, wordsFor } from '@ae/data';
import type { DecodedValues } from '@ae/models';
import { imageGrid } from '@ae/viz';
import { renderSvg } from '@ae/viz/node';

import { IMAGES, type Figure } from '../run-figure.js';

/** Test examples and, in the rows below them, what became of them after some epochs. */
export function soFarFigure(
  { values: originals, count, shape }: Examples,
  epochs: readonly { epoch: number; copies: DecodedValues }[],
): Figure {
  const rows = epochs.length + 1;
  const values = new Float32Array(rows * originals.length);
  const unit = unitOf(originals);
  values.set(Float32Array.from(originals, (value) => value / unit));
  epochs.forEach(({ copies }, i) => values.set(copies.values, (i + 1) * originals.length));
  return {
    name: 'so-far',
    section: 'Images',
    widths: IMAGES,
    caption: `Test ${wordsFor(shape).many} and, in the rows below, what the model made of them after epoch ${epochs.map(({ epoch }) => epoch).join(', ')}.`,
    draw: (options) =>
      renderSvg(imageGrid, { values, count: rows * count, shape }, { columns: count, ...options }),
  };
}
