import { imageGrid } from '@ae/viz';
import { renderSvg } from '@ae/viz/node';

import { pick, placesByLabel, stackOf } from '../model-images.js';
import { IMAGES, type RunFigure } from '../run-figure.js';

export const originals: RunFigure = {
  name: 'originals',
  section: 'Images',
  place: 4,
  widths: IMAGES,
  async plan({ test }, { count = 60 }) {
    const images = await test();
    const shown = stackOf(pick(images, placesByLabel(images.labels, count)));
    return {
      caption: 'Test images as they are.',
      draw: (_, options) => renderSvg(imageGrid, shown, { columns: 10, ...options }),
    };
  },
};
