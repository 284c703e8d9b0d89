/** What `stopOnSignals` gives: a signal for `fit`, and what happened. */
export interface SignalStop {
  /** Aborted by the first SIGHUP, SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
  /** Which one that was. */
  readonly received: StopSignalName | undefined;
  /** How the process should end after a saved stop: 129 for SIGHUP, 130 for SIGINT, 143 for SIGTERM. */
  readonly exitCode: (typeof EXIT_CODES)[StopSignalName] | undefined;
  /** Gives the signals their usual meaning again. */
  release(): void;
}

/** A closed terminal, Ctrl-C, or a polite `kill`. */
export type StopSignalName = keyof typeof EXIT_CODES;

const EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
const NAMES = Object.keys(EXIT_CODES) as StopSignalName[];

/** As it is at the start: who keeps a model's own code from ending a run replaces it later on. */
const exit = process.exit.bind(process);

/**
 * Milliseconds in which a signal that comes again is the same one: `npx` passes on the Ctrl-C that the terminal has
 * sent already, and a shell that ends the SIGHUP of its terminal.
 */
const SAME_ONE = 200;

/** Turns the first SIGHUP, SIGINT or SIGTERM into a stop that saves; the second one ends the process at once. */
export function stopOnSignals(): SignalStop {
  const controller = new AbortController();
  let received: StopSignalName | undefined;
  let since = 0;
  const onSignal = (name: StopSignalName) => {
    if (received === name && performance.now() - since < SAME_ONE) return;
    if (received) exit(EXIT_CODES[name]);
    received = name;
    since = performance.now();
    controller.abort(name);
  };
  for (const name of NAMES) process.on(name, onSignal);
  return {
    signal: controller.signal,
    get received() {
      return received;
    },
    get exitCode() {
      return received && EXIT_CODES[received];
    },
    release() {
      for (const name of NAMES) process.off(name, onSignal);
    },
  };
}
