import type { OptimizerSpec, TensorData } from '@ae/models';

import type { HistoryRow } from './history.js';
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

/** What a callback needs in order to go on; it is part of a checkpoint. */
export interface CallbackState {
  values: Record<string, number>;
  tensors?: Record<string, TensorData>;
}
