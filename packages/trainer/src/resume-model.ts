import { assignWeights, type Autoencoder } from '@ae/models';

import type { FitOptions } from './fit-options.js';
import type { TrainingState } from './training-state.js';

/**
 * Refuses a state that another run has left, and then puts its weights into the model.
 * @throws RangeError naming what differs and what was expected
 */
export function resumeModel(
  model: Autoencoder,
  state: TrainingState,
  { optimizer, random, train, epochs }: FitOptions,
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

function expectSame(what: string, found: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(found), JSON.stringify(expected)];
  if (a !== b)
    throw new RangeError(
      `Cannot resume: the checkpoint was made with ${what} ${a}, expected ${b}; resume with the same`,
    );
}

const sorted = (spec: FitOptions['optimizer']) =>
  Object.fromEntries(Object.entries(spec).sort(([a], [b]) => (a < b ? -1 : 1)));
