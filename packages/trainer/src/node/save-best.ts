import { saveWeights } from '@ae/models';
import { join } from 'node:path';

import type { Callback } from '../callback.js';
import { columnOf } from '../column.js';
import { writeFileWhole } from './write-file.js';

export interface SaveBestOptions {
  /** The run folder; `best.safetensors` is written in it. */
  folder: string;
  /** What is best where it is lowest. @default 'validation.loss' */
  column?: string;
}

/** Writes the weights of the best epoch so far, with its number and its value as metadata. */
export function saveBest({ folder, column = 'validation.loss' }: SaveBestOptions): Callback {
  let best = Infinity;
  return {
    name: `save-best ${column}`,
    async onEpoch(run, row) {
      const value = columnOf(row, column, 'saveBest');
      if (!(value < best)) return;
      const weights = await saveWeights(run.model, { epoch: String(row.epoch), [column]: String(value) });
      await writeFileWhole(join(folder, 'best.safetensors'), weights);
      best = value;
    },
    state: () => ({ values: { best } }),
    restore({ values }) {
      best = values.best!;
    },
  };
}
