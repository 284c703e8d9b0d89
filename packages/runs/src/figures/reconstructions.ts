import { placesByLabel, select } from '@ae/data';
import { reconstructions as drawReconstructions } from '@ae/viz';
import { renderSvg } from '@ae/viz/node';

import { ROW, type RunFigure } from '../run-figure.js';

export const reconstructions: RunFigure = {
  name: 'reconstructions',
  section: 'Learning',
  place: 2,
  widths: ROW,
  async plan({ test, words }, { count = 20 }) {
    const all = await test();
    const places = placesByLabel(all, count);
    const originals = select(all, places);
    return {
      caption: `Test ${words.many} over what the decoder makes of their codes.`,
      encode: places,
      decode: (codes) => codes,
      draw: (copies, options) =>
        renderSvg(drawReconstructions, { originals, reconstructions: copies }, options),
    };
  },
};
