// Trains on one backend as `ae train` does, and says how fast: a line of JSON for every line of JSON.
// Usage: train.ts <backend>
import { createInterface } from 'node:readline';

import { useBackend } from '@ae/backend/node';
import * as tf from '@tensorflow/tfjs';

import { explain } from './explain.js';
import { productsPerSecond } from './product.js';
import type { Question } from './runner.js';
import { prepareTraining, type Training } from './training.js';

tf.enableProdMode();
const say = (answer: object) => process.stdout.write(`${JSON.stringify(answer)}\n`);

try {
  const { tried } = await useBackend(process.argv[2]);
  say({ description: tried.at(-1)!.reason });
} catch (error) {
  say({ missing: (error as Error).message });
  process.exit();
}

let training: Training | undefined;
for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line) as Question;
  if (question.do === 'prepare') {
    training?.dispose();
    training = await prepareTraining(question);
    say({ seconds: training.secondsOfStep, flops: training.flops });
  } else if (question.do === 'measure')
    say({ imagesPerSecond: await training!.imagesPerSecond(question.seconds) });
  else if (question.do === 'product') say({ perSecond: productsPerSecond(question.sides, question.seconds) });
  else say(await explain(training!));
}
