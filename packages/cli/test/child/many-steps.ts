// Trains for 20,000 steps; prints resident bytes, garbage collected, and tensors after a tenth of them and at the end.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { useBackend } from '@ae/backend/node';
import { batches } from '@ae/data';
import { digits } from '@ae/data-mnist';
import { randomStream, vae } from '@ae/models';
import { fit, type Run } from '@ae/trainer';
import * as tf from '@tensorflow/tfjs';

const STEPS = 20_000;
const PER_EPOCH = 100;

const { name } = await useBackend('auto');
const { train } = await digits({ train: 10 * PER_EPOCH, test: 10, validationCount: 0 });
const random = randomStream(1);
const model = vae.build({ hidden: [32] }, random);
const seen: object[] = [];
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const look = ({ step }: Run) => {
  seen.push({ name, step, rss: process.memoryUsage.rss(), tensors: tf.memory().numTensors });
};
await fit(model, {
  ...{ train: batches(train, { batchSize: 10, seed: 1 }), epochs: STEPS / PER_EPOCH, random },
  optimizer: { name: 'adam', learningRate: 1e-3 },
  callbacks: [
    {
      name: 'memory',
      onEpoch(run) {
        if (run.step % (STEPS / 10) === 0) collect(); // what could be collected is no growth
        if (run.step === STEPS / 10 || run.step === STEPS) look(run);
      },
    },
  ],
});
console.log(JSON.stringify(seen));
