/** What `stopOnSignals` gives: a signal for `fit`, and what happened. */
export interface SignalStop {
  /** Aborted by the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
  /** Which one that was. */
  readonly received: 'SIGINT' | 'SIGTERM' | undefined;
  /** How the process should end after a saved stop: 130 for SIGINT, 143 for SIGTERM. */
  readonly exitCode: 130 | 143 | undefined;
  /** Gives the signals their usual meaning again. */
  release(): void;
}

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;
type Name = keyof typeof EXIT_CODES;

/** Turns the first SIGINT or SIGTERM into a stop that saves; the second one ends the process at once. */
export function stopOnSignals(): SignalStop {
  const controller = new AbortController();
  let received: Name | undefined;
  const onSignal = (name: Name) => {
    if (received) process.exit(EXIT_CODES[name]);
    received = name;
    controller.abort(name);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    signal: controller.signal,
    get received() {
      return received;
    },
    get exitCode() {
      return received && EXIT_CODES[received];
    },
    release() {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}
