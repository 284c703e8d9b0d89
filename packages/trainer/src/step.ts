import {
  watchUnseededNoise,
  type Autoencoder,
  type Batch,
  type LossTerms,
  type Objective,
  type RandomStream,
} from '@ae/models';
import * as tf from '@tensorflow/tfjs';

import { toTensors, type ExampleBatch } from './batch.js';
import type { StepPlace } from './compared-steps.js';
import type { Optimizer } from './optimizer.js';
import { recordedStep, type RecordedStepOptions } from './recorded-step.js';

/** The numbers of one batch by name: `loss`, and what it is made of. */
export type Terms = Record<string, number>;

/** Changes the weights by one batch; the numbers come when they are ready, so that a GPU need not be waited for. */
export interface TrainingStep {
  run(batch: ExampleBatch, place: StepPlace): Promise<Terms>;
  dispose(): void;
}

/**
 * One gradient step per objective, in the order of `model.objectives`, each by its own optimiser. The terms of the
 * first objective keep their names, those of the others are called `<objective>.<term>`.
 */
export function trainingStep(
  model: Autoencoder,
  optimizers: Record<string, Optimizer>,
  random: RandomStream,
  onNotice: (text: string) => void,
): TrainingStep {
  const steps = Object.entries(model.objectives).map(([name, objective]) => {
    const optimizer = optimizers[name]!;
    let unseeded = false;
    const step: RecordedStepOptions['step'] = (batch, hyper, stream) => {
      const run = () => gradientStep(objective, optimizer, batch, hyper, stream);
      const { result, drew } = watchUnseededNoise(run);
      if (drew && !unseeded) onNotice(unseededNotice(name));
      unseeded ||= drew;
      return result;
    };
    const recorded = recordedStep({
      ...{ name, objective, optimizer, random, onNotice, step },
      drewUnseededNoise: () => unseeded,
    });
    return { optimizer, step, recorded };
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
        return joinTerms(model, terms);
      } finally {
        freeBatch(made);
      }
    },
    dispose: () => steps.forEach(({ recorded }) => recorded.dispose()),
  };
}

/**
 * Every loss term without what only training does, such as dropout, and `mse`: the mean over pixels and images of
 * (decode(encode(x)) - x)².
 */
export function evaluationStep(
  model: Autoencoder,
  batch: ExampleBatch,
  random: RandomStream,
): Promise<Terms> {
  const tensors = toTensors(batch);
  try {
    const terms = Object.values(model.objectives).map((objective) =>
      readScalars(tf.tidy(() => copyScalars(lossTerms(objective, tensors, random, false)))),
    );
    const mse = readScalars(tf.tidy(() => ({ mse: meanSquaredError(model, tensors) })));
    return Promise.all([joinTerms(model, terms), mse]).then(([losses, metrics]) => ({
      ...losses,
      ...metrics,
    }));
  } finally {
    freeBatch(tensors);
  }
}

const unseededNotice = (name: string) =>
  `Objective "${name}" draws noise that is not from \`random\` (tf.randomNormal, tf.dropout, Math.random, a layer such as dropout or gaussianNoise): the same seed gives another result each time, and no step of it can be replayed. Draw from the \`random\` that the loss is given, such as with dropout(x, rate, random) or gaussianNoise(x, stddev, random) of @ae/models`;

function ordinaryStep(
  step: RecordedStepOptions['step'],
  optimizer: Optimizer,
  batch: Batch,
  random: RandomStream,
): Promise<Terms> {
  const hyper = tf.tensor1d(optimizer.hyper());
  try {
    return readScalars(step(batch, hyper, random));
  } finally {
    hyper.dispose();
  }
}

/** The loss terms before the update, as scalars that the caller frees. */
function gradientStep(
  objective: Objective,
  optimizer: Optimizer,
  batch: Batch,
  hyper: tf.Tensor1D,
  random: RandomStream,
): Record<string, tf.Scalar> {
  let kept: Record<string, tf.Scalar> = {};
  tf.tidy(() => {
    const { grads } = tf.variableGrads(() => {
      const terms = lossTerms(objective, batch, random, true);
      kept = copyScalars(terms);
      Object.values(kept).forEach((term) => tf.keep(term));
      return terms.loss;
    }, objective.variables());
    optimizer.update(grads, hyper);
  });
  return kept;
}

function lossTerms(objective: Objective, batch: Batch, random: RandomStream, training: boolean): LossTerms {
  const terms = objective.loss(batch, random, training);
  if (!terms.loss)
    throw new TypeError(
      `Cannot use loss terms: found ${Object.keys(terms).join(', ') || 'none'}, expected one called loss`,
    );
  for (const [name, term] of Object.entries(terms))
    if (term.rank !== 0)
      throw new TypeError(`Cannot use loss term "${name}": found shape [${term.shape}], expected a scalar`);
  return terms;
}

/** A term may be a variable, or the same tensor as another one; its copy is ours to free. */
const copyScalars = (terms: Record<string, tf.Scalar>): Record<string, tf.Scalar> =>
  Object.fromEntries(Object.entries(terms).map(([name, term]) => [name, tf.cast(term, 'float32')]));

/** Frees the scalars and reads them all at once. */
async function readScalars(scalars: Record<string, tf.Scalar>): Promise<Terms> {
  const names = Object.keys(scalars);
  const stacked = tf.tidy(() => tf.stack(Object.values(scalars)));
  tf.dispose(scalars);
  const values = await stacked.data();
  stacked.dispose();
  return Object.fromEntries(names.map((name, i) => [name, values[i]!]));
}

async function joinTerms(model: Autoencoder, terms: Promise<Terms>[]): Promise<Terms> {
  const names = Object.keys(model.objectives);
  const joined: Terms = {};
  (await Promise.all(terms)).forEach((numbers, i) => {
    for (const [name, value] of Object.entries(numbers))
      joined[i === 0 ? name : `${names[i]}.${name}`] = value;
  });
  return joined;
}

const meanSquaredError = (model: Autoencoder, { images, ...given }: Batch): tf.Scalar =>
  tf.mean(tf.squaredDifference(model.decode(model.encode(images, given), given), images));

const freeBatch = (batch: Batch | undefined) => tf.dispose(batch ? { ...batch } : []);
