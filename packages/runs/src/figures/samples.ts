import { capital } from '@ae/data';
import { samples as drawSamples } from '@ae/viz';
import { renderSvg } from '@ae/viz/node';

import { IMAGES, type RunFigure } from '../run-figure.js';

export const samples: RunFigure = {
  name: 'samples',
  section: 'Images',
  place: 2,
  widths: IMAGES,
  plan: ({ isGenerative, seed: seedOfRun, words }, { count = 64, seed = seedOfRun }) =>
    isGenerative
      ? {
          caption: `${capital(words.many)} drawn from the model: random codes from its prior, decoded (seed ${seed}).`,
          sample: { count, seed },
          draw: (images, options) => renderSvg(drawSamples, images, options),
        }
      : undefined,
};
