import type { BestSpec } from '@ae/models';

import type { Run } from './callback.js';
import type { HistoryRow } from './history.js';
import { columnOf } from './column.js';

/** What is best where nobody says. */
const LOWEST_LOSS: BestSpec = { column: 'validation.loss' };

/** The best epoch so far, as `keepBest` and `saveBest` look for it. */
export interface BestSoFar {
  /** As it is said and kept: `validation.loss`, `highest validation.accuracy`, `last`. */
  readonly name: string;
  /** The column and its value in the row; nothing where the last epoch is the best. */
  measure(row: HistoryRow): { column: string; value: number } | undefined;
  /** Whether the row is better than all that `keep` was told. */
  improves(row: HistoryRow): boolean;
  keep(row: HistoryRow): void;
  state(): { best: number };
  restore(values: Record<string, number>): void;
  /** Tells the user where the default says little: it looks at one of several objectives. */
  start(run: Run): void;
}

/** @throws TypeError out of `measure` and `improves` where a row lacks the column */
export function bestSoFar(asked: BestSpec | undefined, callback: string): BestSoFar {
  const spec = asked ?? LOWEST_LOSS;
  const isLast = spec === 'last';
  const highest = !isLast && spec.highest === true;
  let best = highest ? -Infinity : Infinity;
  const valueOf = (row: HistoryRow, column: string) => columnOf(row, column, callback);
  return {
    name: isLast ? 'last' : `${highest ? 'highest ' : ''}${spec.column}`,
    measure: (row) => (isLast ? undefined : { column: spec.column, value: valueOf(row, spec.column) }),
    improves(row) {
      if (isLast) return true;
      const value = valueOf(row, spec.column);
      return highest ? value > best : value < best;
    },
    keep(row) {
      if (!isLast) best = valueOf(row, spec.column);
    },
    state: () => ({ best }),
    restore(values) {
      best = values.best!;
    },
    start({ model, notice }) {
      const [first, ...others] = Object.keys(model.objectives);
      if (asked === undefined && others.length > 0)
        notice(
          `The best epoch is that of the lowest validation.loss, which is the loss of "${first}" alone; a recipe's \`best\` names another column, or 'last'`,
        );
    },
  };
}
