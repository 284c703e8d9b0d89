import { stopOnSignals } from '@ae/trainer/node';

/**
 * Does work that a first SIGHUP, SIGINT or SIGTERM, or an error that nobody catches, asks to end at the next good moment;
 * a second signal ends the process at once.
 */
export async function withStop<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const signals = stopOnSignals();
  const failed = new AbortController();
  const onUncaught = (error: unknown) =>
    failed.abort(error instanceof Error ? error : new Error(String(error)));
  process.on('uncaughtException', onUncaught);
  try {
    return await work(AbortSignal.any([signals.signal, failed.signal]));
  } finally {
    process.off('uncaughtException', onUncaught);
    signals.release();
  }
}
