import type { HistoryRow } from '@ae/trainer';
import { learningCurve as drawCurve } from '@ae/viz';
import { renderSvg } from '@ae/viz/node';

import { ROW, type RunFigure } from '../run-figure.js';

export const learningCurve: RunFigure = {
  name: 'learning-curve',
  section: 'Learning',
  place: 1,
  widths: ROW,
  plan: ({ history, words: { many, values } }) =>
    history.length === 0
      ? undefined
      : {
          caption: `Loss by epoch, summed over ${values} and averaged over ${many}; validation ${many} are never trained on.`,
          draw: (_, options) => renderSvg(drawCurve, withoutEcho(history), options),
        },
};

/** Leaves out the reconstruction term where it is the whole loss: it would be the same curve twice. */
function withoutEcho(history: readonly HistoryRow[]): readonly HistoryRow[] {
  const isEcho = history.every((row) => row['train.reconstruction'] === row['train.loss']);
  if (!isEcho) return history;
  return history.map(
    ({ 'train.reconstruction': _train, 'validation.reconstruction': _validation, ...row }) =>
      row as HistoryRow,
  );
}
