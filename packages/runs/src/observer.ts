import type { Reading } from '@ae/data';
import type { Progress as Transfer } from '@ae/data-mnist';
import type { Progress as Step } from '@ae/trainer';

/** Whom long work tells how far it is; whoever wants to know less leaves a method out. */
export interface Observer {
  /** A line that people should read: what a default was guessed to be, what was found, what is done next. */
  notice?(text: string): void;
  /** A line for who looks for a cause, such as why a backend was not taken. */
  detail?(text: string): void;
  /** After a step of training, and with its row after an epoch. */
  step?(progress: Step): void;
  /** While data are downloaded, drawn or read. */
  bytes?(progress: Coming): void;
}

/** How far a download, the drawing of digits, or the reading of files is. */
export type Coming = Transfer | (Parameters<NonNullable<Reading['onProgress']>>[0] & { rate?: undefined });
