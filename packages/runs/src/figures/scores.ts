import { scoreHistogram } from '@ae/viz';
import { renderSvg } from '@ae/viz/node';

import { marksOf } from '../prepare/normal-classes.js';
import { ROW, type RunFigure } from '../run-figure.js';

export const scores: RunFigure = {
  name: 'scores',
  section: 'The detector',
  place: 1,
  widths: ROW,
  async plan({ examined, test, normal, words }) {
    const found = await examined();
    if (!found) return undefined;
    const { score, threshold } = found;
    const isAnomaly = normal && marksOf(await test(), normal);
    return {
      caption: `Scores of test ${words.many}, and the threshold above which one does not belong.`,
      draw: (_, options) =>
        renderSvg(scoreHistogram, { scores: score, threshold, ...(isAnomaly && { isAnomaly }) }, options),
    };
  },
};
