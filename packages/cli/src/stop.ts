import { stopOnSignals } from '@ae/trainer/node';

import { StoppedOnRequest } from './exit-code.js';

/** Whether a stop was asked for. */
export interface Stop {
  /** For a loader, which gives up, and for the loop, which ends after the step in progress and saves. */
  signal: AbortSignal;
  /** Asks for a stop, as SIGINT does. */
  request(): void;
  /** From now on what is stopped is saved. @param goOn the command that goes on with it */
  saves(goOn: string): void;
  /**
   * Between two pieces of work.
   * @throws StoppedOnRequest once a stop was asked for
   * @throws what was thrown outside of the work, as in a timer of a model's own code
   */
  check(): void;
}

/**
 * Does work that a first SIGHUP, SIGINT or SIGTERM, a button on its page, or an error that nobody catches ends at the
 * next good moment; a second signal ends the process at once.
 */
export async function withStop<Result>(work: (stop: Stop) => Promise<Result>): Promise<Result> {
  const signals = stopOnSignals();
  const own = new AbortController();
  const signal = AbortSignal.any([signals.signal, own.signal]);
  let then = 'nothing was begun, and nothing was changed';
  let uncaught: { error: unknown } | undefined;
  const onUncaught = (error: unknown) => {
    uncaught ??= { error };
    own.abort();
  };
  const reason = () =>
    uncaught ? uncaught.error : new StoppedOnRequest(signals.received ?? 'its page', then);
  process.on('uncaughtException', onUncaught);
  try {
    return await work({
      signal,
      request: () => own.abort(),
      saves: (goOn) => void (then = `everything is saved; go on with: ${goOn}`),
      check() {
        if (signal.aborted) throw reason();
      },
    });
  } catch (error) {
    throw signal.aborted && error === signal.reason ? reason() : error;
  } finally {
    process.off('uncaughtException', onUncaught);
    signals.release();
  }
}

/**
 * Does work that cannot be asked to stop, such as a model's own code that may never end: meanwhile a signal ends the
 * process, as where nobody listens.
 */
export async function withoutStop<Result>(work: () => Result | Promise<Result>): Promise<Result> {
  const heard = NAMES.flatMap((name) => process.listeners(name).map((listener) => ({ name, listener })));
  for (const { name, listener } of heard) process.off(name, listener);
  try {
    return await work();
  } finally {
    for (const { name, listener } of heard) process.on(name, listener);
  }
}

const NAMES = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const;
