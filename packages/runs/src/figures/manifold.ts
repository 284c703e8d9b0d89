import { notInThePlane } from '@ae/models';
import { latentManifold, manifoldGrid } from '@ae/viz';
import { renderSvg } from '@ae/viz/node';

import { PLANE, type RunFigure } from '../run-figure.js';

/** The plane of the code, decoded at 20 by 20 quantiles of the test codes. */
export const manifold: RunFigure = {
  name: 'manifold',
  section: 'The code',
  place: 2,
  widths: PLANE,
  refuses: notInThePlane,
  async plan({ codes }) {
    const { values, dimensions } = await codes();
    if (dimensions !== 2) return undefined;
    const { codes: asked, ...grid } = manifoldGrid(values, 20);
    return {
      caption:
        'What the decoder draws in the plane of codes. As many test codes lie between any two neighbouring columns or rows, so that every class has room.',
      decode: () => ({ values: asked, count: asked.length / 2, dimensions: 2 }),
      draw: (images, options) => renderSvg(latentManifold, { images, ...grid }, options),
    };
  },
};
