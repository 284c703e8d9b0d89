import { placesByLabel, select } from '@ae/data';
import { imageGrid } from '@ae/viz';
import { renderSvg } from '@ae/viz/node';

import { IMAGES, type RunFigure } from '../run-figure.js';

export const originals: RunFigure = {
  name: 'originals',
  section: 'Images',
  place: 4,
  widths: IMAGES,
  async plan({ test, words }, { count = 60 }) {
    const all = await test();
    const shown = select(all, placesByLabel(all, count));
    return {
      caption: `Test ${words.many} as they are.`,
      draw: (_, options) => renderSvg(imageGrid, shown, { columns: 10, ...options }),
    };
  },
};
