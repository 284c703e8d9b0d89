import { imageGrid } from '@ae/viz';
import { renderSvg } from '@ae/viz/node';

import { IMAGES, type Figure } from '../run-figure.js';
import type { FloatImages, LabelledImages } from '../model-images.js';

/** Test images and, in the rows below them, what became of them after some epochs. */
export function soFarFigure(
  originals: LabelledImages,
  epochs: readonly { epoch: number; images: FloatImages }[],
): Figure {
  const { count, shape } = originals;
  const [height, width] = shape as [number, number];
  const pixels = new Float32Array((epochs.length + 1) * count * height * width);
  pixels.set(Float32Array.from(originals.values, (byte) => byte / 255));
  epochs.forEach(({ images }, i) => pixels.set(images.pixels, (i + 1) * images.pixels.length));
  return {
    name: 'so-far',
    section: 'Images',
    widths: IMAGES,
    caption: `Test images and, in the rows below, what the model made of them after epoch ${epochs.map(({ epoch }) => epoch).join(', ')}.`,
    draw: (options) =>
      renderSvg(
        imageGrid,
        { pixels, count: (epochs.length + 1) * count, height, width },
        { columns: count, ...options },
      ),
  };
}
