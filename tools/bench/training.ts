import { batches, type MemoryBatchSource } from '@ae/data';
import { digits } from '@ae/data-mnist';
import {
  disposeModel,
  randomStream,
  zoo,
  type Autoencoder,
  type OptimizerSpec,
  type RandomStream,
} from '@ae/models';
import { fit, type BatchSource, type ExampleBatch } from '@ae/trainer';

import type { Case } from './cases.js';
import { trainingFlops } from './flops.js';

const IMAGES = 3000;
const LEAST_WARM_UP = 3;
/** A backend that replays steps first compares sixteen of them. */
const MOST_WARM_UP = 20;
const drawn = digits({ train: IMAGES, test: 10, validationCount: 0 });

/** A model that is ready to be trained. */
export interface Training {
  model: Autoencoder;
  random: RandomStream;
  optimizer: OptimizerSpec;
  source: MemoryBatchSource;
  batch: number;
  /** Of the first step, the slowest. */
  secondsOfStep: number;
  /** Additions and multiplications of an image in the products and convolutions. */
  flops: number;
  /** Over a whole number of steps that take about so many seconds, after a few that are not counted. */
  imagesPerSecond(seconds: number): Promise<number>;
  dispose(): void;
}

/** Builds a model and trains it by one step, to see that it works and how long it takes. */
export async function prepareTraining({
  model: name,
  options,
  optimizer: spec,
  batch,
}: Case): Promise<Training> {
  const random = randomStream(1);
  const optimizer = spec as OptimizerSpec;
  const model = zoo[name].build(options as never, random);
  const { train: images } = await drawn;
  const source = batches(images, { batchSize: batch, seed: 1 });
  const train = (steps: number) => {
    const few = Math.max(LEAST_WARM_UP, Math.min(MOST_WARM_UP, steps >> 3));
    return fit(model, { train: firstThen(source, few, steps), epochs: 2, optimizer, random });
  };

  const start = performance.now();
  await fit(model, { train: firstThen(source, 1, 1), epochs: 1, optimizer, random });
  const secondsOfStep = (performance.now() - start) / 1000;
  let perSecond = batch / secondsOfStep;

  return {
    ...{ model, random, optimizer, source, batch, secondsOfStep, flops: trainingFlops(model) },
    async imagesPerSecond(seconds) {
      const { history } = await train(Math.max(1, Math.ceil((seconds * perSecond) / batch)));
      perSecond = history.at(-1)!.imagesPerSecond;
      return perSecond;
    },
    dispose: () => disposeModel(model),
  };
}

/** Two epochs: a few batches to warm up, and as many as are asked for, which go round. */
export function firstThen(source: MemoryBatchSource, few: number, many: number): BatchSource {
  return {
    length: many,
    count: many,
    epoch: (n) => take(source, n === 1 ? few : many),
  };
}

export function first(source: MemoryBatchSource): ExampleBatch {
  return [...take(source, 1)][0]!;
}

function* take(source: MemoryBatchSource, count: number): Iterable<ExampleBatch> {
  for (let epoch = 1, taken = 0; ; epoch++)
    for (const batch of source.epoch(epoch)) {
      if (taken++ === count) return;
      yield batch;
    }
}
