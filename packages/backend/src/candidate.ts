import { findBackendFactory, setBackend } from '@tensorflow/tfjs';

/** One backend that may work here. */
export interface Candidate {
  name: string;
  /**
   * Loads the backend and makes it the one in use.
   * @throws anything where it does not work here; `Unavailable` where more than `remedy` can be said
   */
  start(): Promise<Started>;
  /** What to do where it does not work. */
  remedy: string;
}

export interface Started {
  /** In a few words, what it is. */
  description: string;
  /** That others are faster here; `auto` then goes on to the next. */
  slow?: boolean;
}

/** Why a backend does not work here, with what to do about it. */
export class Unavailable extends Error {
  constructor(
    reason: string,
    readonly remedy: string,
    options?: ErrorOptions,
  ) {
    super(reason, options);
  }
}

/** Makes a registered backend the one in use. */
export async function activate(name: string): Promise<void> {
  if (await setBackend(name)) return;
  // TensorFlow.js keeps to itself why a backend did not start: its factory says so when it is called again.
  await findBackendFactory(name)();
  throw new Error(`Cannot start backend ${name}: found that it starts only at the second attempt`);
}
