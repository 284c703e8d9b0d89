import type { Terms } from './terms.js';

/** One epoch as named numbers, flat, so that it can be a line of a table. Epochs count from 1. */
export interface HistoryRow {
  epoch: number;
  /** Steps since the run's start. */
  step: number;
  /** Seconds of training and validation since the run's start; a pause before a resume does not count. */
  seconds: number;
  /** Training examples per second in this epoch. */
  imagesPerSecond: number;
  /** Of the epoch's last step. */
  learningRate: number;
  /** `train.<term>`, `validation.<term>` and `validation.mse`: means over the epoch's examples. */
  [column: string]: number;
}

/** Where a step stands in a run. */
export interface StepPlace {
  epoch: number;
  /** Place in the epoch, from 1. */
  batch: number;
  /** Place in the run, from 1. */
  step: number;
}

/** The numbers of one step. */
export interface StepLog extends StepPlace {
  /** Of this batch, before its update. */
  terms: Terms;
}
