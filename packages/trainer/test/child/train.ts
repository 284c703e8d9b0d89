// Trains the toy in a process of its own, for the tests that kill it; takes up the run folder where it was left.
import { randomStream, type OptimizerSpec } from '@ae/models';
import * as tf from '@tensorflow/tfjs';

import { earlyStopping, fit, keepBest, stopOnNonFinite, type Callback } from '../../src/index.js';
import {
  checkpoint,
  csvHistory,
  jsonHistory,
  hasCheckpoint,
  readCheckpoint,
  saveBest,
  stopOnSignals,
} from '../../src/node.js';
import { toy, toyImages, weightsHash } from '../toy.js';
import { dieDuring } from './die-during.js';

export interface ChildOptions {
  folder: string;
  optimizer: OptimizerSpec['name'];
  epochs: number;
  everySeconds: number;
  /** As in `dieDuring`. */
  death?: string;
  /** Never gets through with its stop, so that a second signal is needed. */
  stuck?: boolean;
}

export interface ChildResult {
  stopReason: string;
  hash: string;
  losses: Record<string, number>[];
}

async function main({ folder, optimizer, epochs, everySeconds, death, stuck }: ChildOptions): Promise<void> {
  tf.env().set('IS_TEST', true);
  await tf.setBackend('cpu');
  if (death) dieDuring(death);
  const random = randomStream(1);
  const model = toy.build({}, random);
  const stop = stopOnSignals();
  const resume = hasCheckpoint(folder) ? (await readCheckpoint(folder)).state : undefined;
  const { stopReason, history } = await fit(model, {
    train: toyImages({ count: 200, batchSize: 16 }),
    validation: toyImages({ count: 20 }),
    epochs,
    optimizer: { name: optimizer, learningRate: 0.01 },
    random,
    signal: stop.signal,
    callbacks: [
      talk(stuck),
      ...[stopOnNonFinite(), earlyStopping({ patience: 1000 }), keepBest()],
      ...[saveBest({ folder }), jsonHistory({ folder }), csvHistory({ folder })],
      checkpoint({ folder, everySeconds }),
    ],
    ...(resume && { resume }),
  });
  const losses = history.map(({ seconds: _seconds, imagesPerSecond: _speed, ...row }) => row);
  const result: ChildResult = { stopReason, hash: await weightsHash(model), losses };
  console.log(JSON.stringify(result));
  process.exitCode = stop.exitCode ?? 0;
  stop.release();
}

const talk = (stuck = false): Callback => ({
  name: 'talk',
  onStart: () => console.log('training'),
  onStep: () => console.log('step'),
  async onPause({ stopReason }) {
    if (!stuck || !stopReason) return;
    console.log('stopping');
    await new Promise((resolve) => setTimeout(resolve, 1e6));
  },
});

void main(JSON.parse(process.argv[2]!));
