import { reconstructions as drawReconstructions } from '@ae/viz';
import { renderSvg } from '@ae/viz/node';

import { pick, placesByLabel, stackOf } from '../model-images.js';
import { ROW, type RunFigure } from '../run-figure.js';

export const reconstructions: RunFigure = {
  name: 'reconstructions',
  section: 'Learning',
  place: 2,
  widths: ROW,
  async plan({ test }, { count = 20 }) {
    const images = await test();
    const places = placesByLabel(images.labels, count);
    const originals = stackOf(pick(images, places));
    return {
      caption: 'Test images over what the decoder makes of their codes.',
      encode: places,
      decode: (codes) => codes,
      draw: (copies, options) =>
        renderSvg(drawReconstructions, { originals, reconstructions: copies }, options),
    };
  },
};
