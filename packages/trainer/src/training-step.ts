import { watchUnseededNoise, type Autoencoder, type Batch, type RandomStream } from '@ae/models';
import * as tf from '@tensorflow/tfjs';

import { freeTensors, toTensors, type ExampleBatch } from './batch.js';
import { gradientStep, type GradientStep } from './gradient-step.js';
import type { StepPlace } from './history.js';
import type { Optimizer } from './optimizer.js';
import { recordedStep } from './recorded-step.js';
import { joinTerms, readTerms, type Terms } from './terms.js';

/** Changes a model's weights by one batch; the numbers come when they are ready, so that a GPU need not be waited for. */
export interface TrainingStep {
  run(batch: ExampleBatch, place: StepPlace): Promise<Terms>;
  dispose(): void;
}

/**
 * One gradient step per objective, in the order of `model.objectives`, each by its own optimiser. The terms of the
 * first objective keep their names, those of the others are called `<objective>.<term>`.
 */
export function trainingStep(
  { objectives }: Autoencoder,
  optimizers: Record<string, Optimizer>,
  random: RandomStream,
  onNotice: (text: string) => void,
): TrainingStep {
  const names = Object.keys(objectives);
  const steps = Object.entries(objectives).map(([name, objective]) => {
    const optimizer = optimizers[name]!;
    const watched = watchNoise(gradientStep(objective, optimizer), () => onNotice(unseededNotice(name)));
    const recorded = recordedStep({ ...{ name, objective, optimizer, random, onNotice }, ...watched });
    return { optimizer, step: watched.step, recorded };
  });
  return {
    run(batch, place) {
      let made: Batch | undefined;
      const tensors = () => (made ??= toTensors(batch));
      try {
        const terms = steps.map(({ optimizer, step, recorded }) => {
          const done =
            recorded.run(batch, place, tensors) ?? ordinaryStep(step, optimizer, tensors(), random);
          optimizer.advance();
          return done;
        });
        return Promise.all(terms).then((numbers) => joinTerms(names, numbers));
      } finally {
        if (made) freeTensors(made);
      }
    },
    dispose: () => steps.forEach(({ recorded }) => recorded.dispose()),
  };
}

/** The same step, which tells once when it has drawn noise that is not from `random`. */
function watchNoise(step: GradientStep, onUnseeded: () => void) {
  let unseeded = false;
  const watched: GradientStep = (...given) => {
    const { result, drew } = watchUnseededNoise(() => step(...given));
    if (drew && !unseeded) onUnseeded();
    unseeded ||= drew;
    return result;
  };
  return { step: watched, drewUnseededNoise: () => unseeded };
}

const unseededNotice = (name: string) =>
  `Objective "${name}" draws noise that is not from \`random\` (tf.randomNormal, tf.dropout, Math.random, a layer such as dropout or gaussianNoise): the same seed gives another result each time, and no step of it can be replayed. Draw from the \`random\` that the loss is given, such as with dropout(x, rate, random) or gaussianNoise(x, stddev, random) of @ae/models`;

function ordinaryStep(
  step: GradientStep,
  optimizer: Optimizer,
  batch: Batch,
  random: RandomStream,
): Promise<Terms> {
  const hyper = tf.tensor1d(optimizer.hyper());
  try {
    return readTerms(step(batch, hyper, random));
  } finally {
    hyper.dispose();
  }
}
