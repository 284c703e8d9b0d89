import {
  assignWeights,
  namedWeights,
  type Autoencoder,
  type OptimizerSpec,
  type RandomStream,
  type TensorData,
} from '@ae/models';

import type { BatchSource } from './batch.js';
import type { CallbackState, HistoryRow } from './callback.js';
import type { OptimizerState } from './optimizer.js';
import type { MeanState } from './running-mean.js';

/** A run between two steps, as plain data: what is needed to go on bit for bit. */
export interface TrainingState {
  /** By the names of `namedWeights`. */
  weights: Record<string, TensorData>;
  /** What was asked for; a resumed run has to ask for the same. */
  optimizer: OptimizerSpec;
  /** By objective. */
  optimizers: Record<string, OptimizerState>;
  random: { seed: number; counter: number };
  /** Batches and images of a training epoch. */
  source: { length: number; count: number };
  /** As in `Run`. */
  epoch: number;
  batch: number;
  step: number;
  seconds: number;
  /** Of this epoch so far. */
  trainingSeconds: number;
  means: MeanState;
  /** By the callbacks' names. */
  callbacks: Record<string, CallbackState>;
  history: HistoryRow[];
}

/**
 * Refuses a state that another run has left, and then puts its weights into the model.
 * @throws RangeError naming what differs and what was expected
 */
export function resumeModel(
  model: Autoencoder,
  state: TrainingState,
  {
    optimizer,
    random,
    train,
    epochs,
  }: { optimizer: OptimizerSpec; random: RandomStream; train: BatchSource; epochs: number },
): void {
  if (state.epoch > epochs + 1)
    throw new RangeError(
      `Cannot resume: the checkpoint has done ${state.epoch - 1} epochs, expected at most the ${epochs} that are asked for`,
    );
  expectSame('objectives', Object.keys(state.optimizers), Object.keys(model.objectives));
  expectSame('optimizer', sorted(state.optimizer), sorted(optimizer));
  expectSame('seed', state.random.seed, random.seed);
  expectSame('training epoch', state.source, { length: train.length, count: train.count });
  assignWeights(model, state.weights);
}

/** The optimised variables of each objective by their names in `namedWeights`. */
export function namedVariables(model: Autoencoder) {
  const names = new Map(Object.entries(namedWeights(model)).map(([name, variable]) => [variable, name]));
  return Object.entries(model.objectives).map(([name, objective]) => ({
    name,
    variables: Object.fromEntries(objective.variables().map((variable) => [names.get(variable)!, variable])),
  }));
}

function expectSame(what: string, found: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(found), JSON.stringify(expected)];
  if (a !== b)
    throw new RangeError(
      `Cannot resume: the checkpoint was made with ${what} ${a}, expected ${b}; resume with the same`,
    );
}

const sorted = (spec: OptimizerSpec) =>
  Object.fromEntries(Object.entries(spec).sort(([a], [b]) => (a < b ? -1 : 1)));
