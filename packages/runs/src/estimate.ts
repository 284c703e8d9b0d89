import { fit } from '@ae/trainer';
import { disposeModel, type ModelDefinition } from '@ae/models';

import type { LoadedData } from './prepare/load-data.js';
import { batches, type MemoryBatchSource } from '@ae/data';
import { buildModel } from './prepare/build-model.js';
import type { Settings } from './record/settings.js';

/**
 * Seconds that a run will take, from the time of a few steps here and now. Measuring an image costs about a third
 * of training on it: the forward pass without the two products of the backward pass.
 */
export async function estimateSeconds(
  definition: ModelDefinition,
  settings: Settings,
  { set }: LoadedData,
): Promise<number> {
  const { epochs, optimizer, batchSize, seed } = settings;
  const { model, random } = buildModel(definition, settings);
  const train = batches(set.train, { batchSize, seed });
  const timeOf = async (steps: number): Promise<number> => {
    const start = performance.now();
    await fit(model, { train: firstBatches(train, steps), epochs: 1, optimizer, random });
    return (performance.now() - start) / 1000;
  };
  try {
    const start = await timeOf(2);
    const steps = start > 0.5 ? 2 : 20;
    const perStep = Math.max(0, (await timeOf(2 + steps)) - Math.min(start, await timeOf(2))) / steps;
    const measured = set.validation.count + set.test.count / epochs;
    return epochs * (train.length * perStep + (measured / batchSize / 3) * perStep);
  } finally {
    disposeModel(model);
  }
}

const firstBatches = (source: MemoryBatchSource, length: number): MemoryBatchSource => ({
  length: Math.min(length, source.length),
  count: Math.round((source.count * Math.min(length, source.length)) / source.length),
  *epoch(n) {
    let left = length;
    for (const batch of source.epoch(n)) {
      if (left-- === 0) return;
      yield batch;
    }
  },
});
