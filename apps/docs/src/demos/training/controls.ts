import type { Callback, Run } from '@ae/trainer';
import * as tf from '@tensorflow/tfjs';

import type { Settings } from './training.js';

/** Pause, step and settings as a callback of the trainer. */
export interface Controls {
  callback: Callback;
  set(settings: Settings): void;
  go(mode: 'run' | 'pause' | 'step'): void;
  /** Resolves as soon as there is something to do. */
  mayGoOn(): Promise<void>;
}

/** Starts in the mode `run`. A run that is paused stops with the reason `paused`. */
export function controls(initial: Settings): Controls {
  let settings = initial;
  let mode: 'run' | 'pause' | 'step' = 'run';
  let wake = () => {};
  let beta: number | undefined; // as it is assigned

  return {
    set: (next) => (settings = next),
    go(next) {
      mode = next;
      if (next !== 'pause') wake();
    },
    mayGoOn: () => new Promise((resolve) => (mode === 'pause' ? (wake = resolve) : resolve())),
    callback: {
      name: 'controls',
      beforeStep(run) {
        run.learningRate = settings.learningRate;
        if (beta !== settings.beta) weighKl(run, (beta = settings.beta));
        if (mode !== 'step') return;
        mode = 'pause';
        run.stop('paused'); // when this step is done
      },
      onPause(run) {
        if (mode === 'pause') run.stop('paused');
      },
    },
  };
}

function weighKl({ model }: Run, beta: number): void {
  tf.tidy(() => model.annealed?.kl?.assign(tf.scalar(beta)));
}
