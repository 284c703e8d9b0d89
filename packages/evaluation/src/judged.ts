import type { Interval } from './binomial-interval.js';

/** What a detector has done on examples of which it is known whether they belong. */
export interface Judged {
  name: string;
  auroc: number;
  averagePrecision: number;
  /**
   * The rate of false alarms that was asked for, the share that came, and between which shares it lies with 95 % where what
   * was tested is like what was held out. Absent where the threshold was chosen by something else.
   */
  falseAlarms?: { asked: number; came: number } & Interval;
  /** By how much the autoencoder's AUROC is above, with its 95 % interval (DeLong); absent for itself. */
  behind?: { difference: number } & Interval;
}
