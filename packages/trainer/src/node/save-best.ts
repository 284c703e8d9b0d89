import { namedWeights, saveModel, type Autoencoder, type BestSpec, type ModelFacts } from '@ae/models';
import { join } from 'node:path';

import { bestSoFar } from '../best.js';
import type { Callback } from '../callback.js';
import { NonFiniteError } from '../callbacks/stop-on-non-finite.js';
import { writeFileWhole } from './write-file.js';

/** Scaling, classes and threshold stand in the file with what the model says of itself. */
export interface SaveBestOptions extends ModelFacts {
  /** The run folder; `best.safetensors` is written in it. */
  folder: string;
  /** @default the lowest `validation.loss` */
  best?: BestSpec;
}

/**
 * Writes the best epoch's model so far as `saveModel` does, so that `loadModel` makes it again, with the epoch's number
 * and its value as metadata. Ends the run with a `NonFiniteError` rather than keep weights that are not finite: a loss can be finite in spite of them, where a relu
 * takes the greater of 0 and NaN for 0.
 */
export function saveBest({ folder, best, ...facts }: SaveBestOptions): Callback {
  const soFar = bestSoFar(best, 'saveBest');
  return {
    name: `save-best ${soFar.name}`,
    onStart: soFar.start,
    async onEpoch(run, row) {
      if (!soFar.improves(row)) return;
      const fault = await findNonFinite(run.model);
      if (fault) throw new NonFiniteError(row.step, row.epoch, fault.name, fault.value);
      const measured = soFar.measure(row);
      const bytes = await saveModel(run.model, {
        ...facts,
        metadata: {
          epoch: String(row.epoch),
          ...(measured && { [measured.column]: String(measured.value) }),
        },
      });
      await writeFileWhole(join(folder, 'best.safetensors'), bytes);
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
