import { engine } from '@tensorflow/tfjs';

/**
 * Runs `action` once all that were passed before it have ended, well or not: TensorFlow.js has one backend in use, and
 * gives up one that is still starting when another is asked for. The queue is the engine's, so that every copy of this
 * package waits in the same one.
 */
export function oneAtATime<T>(action: () => Promise<T>): Promise<T> {
  const owner = engine() as { [QUEUE]?: Promise<unknown> };
  const result = (owner[QUEUE] ?? Promise.resolve()).then(action);
  owner[QUEUE] = result.catch(() => {});
  return result;
}

const QUEUE = Symbol.for('@ae/backend: the last that waits');
