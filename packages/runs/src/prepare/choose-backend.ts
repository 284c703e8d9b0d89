import { useBackend } from '@ae/backend/node';
import * as tf from '@tensorflow/tfjs';

import { UsageError } from '../errors.js';
import type { Observer } from '../observer.js';

/** What computes, and why it was taken. */
export interface ChosenBackend {
  name: string;
  why: string;
}

/**
 * Makes a backend the one in use; tells what else was tried.
 * @throws UsageError where the backend that is asked for does not work here, with the remedy
 */
export async function chooseBackend(asked: string, observer: Observer): Promise<ChosenBackend> {
  tf.enableProdMode(); // no banners, no checks inside every operation
  try {
    const { name, why, tried } = await useBackend(asked);
    for (const { name: other, works, reason } of tried)
      if (!works) observer.detail?.(`not ${other}: ${reason}`);
    return { name, why };
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
