import { stopOnSignals } from '@ae/trainer/node';

import { StoppedBySignal } from './exit-code.js';

/** Whether a stop was asked for. */
export interface Stop {
  /** For the loop, which ends after the step in progress and saves. */
  signal: AbortSignal;
  /** Between two pieces of work. @throws StoppedBySignal once SIGINT or SIGTERM came */
  check(): void;
}

/**
 * Does work that a first SIGINT or SIGTERM ends at the next good moment; a second one ends the process at once.
 * @param goOn the command that goes on with the work
 */
export async function withStop<Result>(goOn: string, work: (stop: Stop) => Promise<Result>): Promise<Result> {
  const signals = stopOnSignals();
  const check = () => {
    if (signals.received)
      throw new StoppedBySignal(signals.received, `everything is saved; go on with: ${goOn}`);
  };
  try {
    return await work({ signal: signals.signal, check });
  } finally {
    signals.release();
  }
}
