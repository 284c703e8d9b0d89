import { stopOnSignals } from '@ae/trainer/node';

import { StoppedOnRequest } from './exit-code.js';

/** Whether a stop was asked for. */
export interface Stop {
  /** For the loop, which ends after the step in progress and saves. */
  signal: AbortSignal;
  /** Asks for a stop, as SIGINT does. */
  request(): void;
  /** Between two pieces of work. @throws StoppedOnRequest once a stop was asked for */
  check(): void;
}

/**
 * Does work that a first SIGINT or SIGTERM, or a button on its page, ends at the next good moment; a second signal ends
 * the process at once.
 * @param goOn the command that goes on with the work
 */
export async function withStop<Result>(goOn: string, work: (stop: Stop) => Promise<Result>): Promise<Result> {
  const signals = stopOnSignals();
  const page = new AbortController();
  const signal = AbortSignal.any([signals.signal, page.signal]);
  const check = () => {
    if (signal.aborted)
      throw new StoppedOnRequest(signals.received ?? 'its page', `everything is saved; go on with: ${goOn}`);
  };
  try {
    return await work({ signal, request: () => page.abort(), check });
  } finally {
    signals.release();
  }
}
