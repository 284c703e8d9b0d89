import { namedWeights, saveWeights, type Autoencoder } from '@ae/models';
import { join } from 'node:path';

import type { Callback } from '../callback.js';
import { NonFiniteError } from '../callbacks/stop-on-non-finite.js';
import { columnOf } from '../column.js';
import { writeFileWhole } from './write-file.js';

export interface SaveBestOptions {
  /** The run folder; `best.safetensors` is written in it. */
  folder: string;
  /** What is best where it is lowest. @default 'validation.loss' */
  column?: string;
}

/**
 * Writes the weights of the best epoch so far, with its number and its value as metadata. Ends the run with a
 * `NonFiniteError` rather than keep weights that are not finite: a loss can be finite in spite of them, where a relu
 * takes the greater of 0 and NaN for 0.
 */
export function saveBest({ folder, column = 'validation.loss' }: SaveBestOptions): Callback {
  let best = Infinity;
  return {
    name: `save-best ${column}`,
    async onEpoch(run, row) {
      const value = columnOf(row, column, 'saveBest');
      if (!(value < best)) return;
      const fault = await findNonFinite(run.model);
      if (fault) throw new NonFiniteError(row.step, row.epoch, fault.name, fault.value);
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

async function findNonFinite(model: Autoencoder): Promise<{ name: string; value: number } | undefined> {
  for (const [name, variable] of Object.entries(namedWeights(model))) {
    const value = (await variable.data()).find((weight) => !Number.isFinite(weight));
    if (value !== undefined) return { name: `the weight ${name}`, value };
  }
  return undefined;
}
