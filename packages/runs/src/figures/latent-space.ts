import { notInThePlane } from '@ae/models';
import { latentScatter } from '@ae/viz';
import { renderSvg } from '@ae/viz/node';

import { PLANE, type RunFigure } from '../run-figure.js';

export const latentSpace: RunFigure = {
  name: 'latent-space',
  section: 'The code',
  place: 1,
  widths: PLANE,
  refuses: (code) => (code.kind === 'categorical' ? notInThePlane(code) : undefined), // indices have no places
  async plan({ test, codes, words }, { count = Infinity }) {
    const { values, count: known, dimensions } = await codes();
    const shown = Math.min(count, known);
    const { labels, classes } = await test();
    const points = {
      codes: values.subarray(0, shown * dimensions),
      dimensions,
      ...(labels && { labels: labels.subarray(0, shown) }),
      ...(labels && classes && { classes }),
    };
    return {
      caption: `Codes of ${shown.toLocaleString('en-US')} test ${words.many}${labels ? ', coloured by label' : ''}.`,
      draw: (_, options) => renderSvg(latentScatter, points, options),
    };
  },
};
