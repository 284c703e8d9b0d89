import type { Autoencoder } from '@ae/models';

import type { HistoryRow, StepLog } from './history.js';
import type { Terms } from './terms.js';
import type { CallbackState, TrainingState } from './training-state.js';

/** A training run as callbacks see it: they observe, may set the learning rate, and may stop. */
export interface Run {
  readonly model: Autoencoder;
  /** Epochs that were asked for. */
  readonly epochs: number;
  readonly batchesPerEpoch: number;
  readonly imagesPerEpoch: number;
  /** The epoch in progress, from 1; `epochs + 1` when all are done. */
  readonly epoch: number;
  /** Batches of this epoch that are done. */
  readonly batch: number;
  /** Steps that are done since the run's start. */
  readonly step: number;
  /** As `HistoryRow.seconds`, now. */
  readonly seconds: number;
  /** Means over the images of this epoch so far. */
  readonly means: Terms;
  readonly initialLearningRate: number;
  /** Of the next step; may be set. */
  learningRate: number;
  readonly history: readonly HistoryRow[];
  /** Set once the run ends: `finished`, `aborted`, `failed`, or what `stop` was given. */
  readonly stopReason: string | undefined;
  /** Ends the run as soon as the step in progress is done. */
  stop(reason: string): void;
  /** Tells the user something through `fit`'s `onNotice`, once a run. */
  notice(text: string): void;
  /** All that is needed to go on bit for bit. Only whole in `onPause`. */
  state(): Promise<TrainingState>;
}

/** Is told what happens; every hook is optional. Callbacks are called in the order in which they are listed. */
export interface Callback {
  /** Unique in a run; the callback's state is kept under it. */
  readonly name: string;
  /** Before the first step, after a resumed state is in place. */
  onStart?(run: Run): void | Promise<void>;
  /** Before each step: the place for schedules. What it sets should follow from `run.step` and `run.epoch`. */
  beforeStep?(run: Run): void;
  /** With the numbers of each step, in order, up to some steps later. */
  onStep?(run: Run, log: StepLog): void;
  /** Between steps, about every 50 ms, and after each epoch, when all steps were told: the place to save. */
  onPause?(run: Run): void | Promise<void>;
  /** When an epoch's last step is done, before validation. */
  beforeValidation?(run: Run): void | Promise<void>;
  /** With the row of an epoch, which is the last of `run.history` already. */
  onEpoch?(run: Run, row: HistoryRow): void | Promise<void>;
  /** Once, whatever the reason, after the last pause. */
  onEnd?(run: Run): void | Promise<void>;
  /** What a checkpoint keeps of this callback. */
  state?(): CallbackState;
  /** Takes back what `state` gave. A callback that the checkpoint does not know starts anew. */
  restore?(state: CallbackState): void;
}
