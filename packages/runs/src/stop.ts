import { StoppedOnRequest } from './errors.js';

/** Whether a stop was asked for. */
export interface Stop {
  /** For a loader, which gives up, and for the loop, which ends after the step in progress and saves. */
  signal: AbortSignal;
  /** Asks for a stop. @param by who asks */
  request(by: string): void;
  /** From now on what is stopped is saved. @param goOn the command that goes on with it */
  saves(goOn: string): void;
  /**
   * Between two pieces of work.
   * @throws StoppedOnRequest once a stop was asked for
   * @throws the signal's reason, where that is an error
   */
  check(): void;
}

/**
 * Does work that ends at the next good moment after `signal` is aborted.
 * @param signal its reason is who asks for the stop, or the error for which there is no going on
 */
export async function stoppable<Result>(
  signal: AbortSignal | undefined,
  work: (stop: Stop) => Promise<Result>,
): Promise<Result> {
  const own = new AbortController();
  const either = signal ? AbortSignal.any([signal, own.signal]) : own.signal;
  let then = 'nothing was begun, and nothing was changed';
  const ending = (): unknown => {
    const { reason } = either as { reason: unknown };
    if (reason instanceof Error && reason.name !== 'AbortError') return reason;
    return new StoppedOnRequest(typeof reason === 'string' ? reason : 'its signal', then);
  };
  try {
    return await work({
      signal: either,
      request: (by) => own.abort(by),
      saves: (goOn) => void (then = `everything is saved; go on with: ${goOn}`),
      check() {
        if (either.aborted) throw ending();
      },
    });
  } catch (error) {
    throw either.aborted && error === either.reason ? ending() : error;
  }
}
