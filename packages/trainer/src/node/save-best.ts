import { namedWeights, saveWeights, type Autoencoder, type BestSpec } from '@ae/models';
import { join } from 'node:path';

import { bestSoFar } from '../best.js';
import type { Callback } from '../callback.js';
import { NonFiniteError } from '../callbacks/stop-on-non-finite.js';
import { writeFileWhole } from './write-file.js';

export interface SaveBestOptions {
  /** The run folder; `best.safetensors` is written in it. */
  folder: string;
  /** @default the lowest `validation.loss` */
  best?: BestSpec;
}

/**
 * Writes the weights of the best epoch so far, with its number and its value as metadata. Ends the run with a
 * `NonFiniteError` rather than keep weights that are not finite: a loss can be finite in spite of them, where a relu
 * takes the greater of 0 and NaN for 0.
 */
export function saveBest({ folder, best }: SaveBestOptions): Callback {
  const soFar = bestSoFar(best, 'saveBest');
  return {
    name: `save-best ${soFar.name}`,
    onStart: soFar.start,
    async onEpoch(run, row) {
      if (!soFar.improves(row)) return;
      const fault = await findNonFinite(run.model);
      if (fault) throw new NonFiniteError(row.step, row.epoch, fault.name, fault.value);
      const measured = soFar.measure(row);
      const weights = await saveWeights(run.model, {
        epoch: String(row.epoch),
        ...(measured && { [measured.column]: String(measured.value) }),
      });
      await writeFileWhole(join(folder, 'best.safetensors'), weights);
      soFar.keep(row);
    },
    state: () => ({ values: soFar.state() }),
    restore({ values }) {
      soFar.restore(values);
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
