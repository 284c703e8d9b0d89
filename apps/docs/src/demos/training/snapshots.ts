import type { LabelledImages } from '@ae/data-mnist';
import type { Autoencoder } from '@ae/models';
import type { Callback, HistoryRow, Run } from '@ae/trainer';
import * as tf from '@tensorflow/tfjs';

import { RECONSTRUCTED, type Report, type Snapshot } from './training.js';

/** Milliseconds between two looks at a model in the middle of an epoch. */
const LOOK_EVERY = 350;

export interface Snapshots {
  callback: Callback;
  untrained(): Promise<void>;
}

/** Reports what the model makes of some digits: before training, at each epoch's end, some times between, and when paused. */
export function snapshots(
  model: Autoencoder,
  digits: LabelledImages,
  report: (report: Report) => void,
): Snapshots {
  const images = tf.tidy(
    () => tf.div(tf.tensor(digits.values, [digits.count, ...digits.shape]), 255) as tf.Tensor4D,
  );
  let looked = 0;

  async function look(at: Pick<Snapshot, 'epoch' | 'step' | 'complete' | 'row'>): Promise<void> {
    const [codes, reconstructions] = tf.tidy(() => {
      const all = model.encode(images);
      return [all, model.decode(all.slice([0, 0], [RECONSTRUCTED, -1]))];
    });
    const snapshot: Snapshot = {
      ...at,
      codes: (await codes.data()) as Float32Array,
      reconstructions: (await reconstructions.data()) as Float32Array,
    };
    tf.dispose([codes, reconstructions]);
    report({ type: 'snapshot', snapshot });
    looked = performance.now();
  }

  return {
    untrained: () => look({ epoch: 0, step: 0, complete: true, row: {} }),
    callback: {
      name: 'snapshots',
      onEpoch: ({ step }, row) => look({ epoch: row.epoch, step, complete: true, row: termsOf(row) }),
      async onPause(run) {
        const isDue = run.stopReason === 'paused' || performance.now() - looked > LOOK_EVERY;
        if (isDue && run.batch > 0 && run.epoch <= run.epochs) await look(midway(run));
      },
    },
  };
}

const midway = ({ epoch, step, means }: Run) => ({
  epoch,
  step,
  complete: false,
  row: Object.fromEntries(Object.entries(means).map(([name, value]) => [`train.${name}`, value])),
});

/** Without the epoch's bookkeeping, and without the error that the figure of losses has no place for. */
function termsOf({ imagesPerSecond, ...row }: HistoryRow): Record<string, number> {
  const isTerm = (name: string) => name.includes('.') && name !== 'validation.mse';
  return { imagesPerSecond, ...Object.fromEntries(Object.entries(row).filter(([name]) => isTerm(name))) };
}
