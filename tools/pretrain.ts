// Trains the models that @ae/models serves by name, on real MNIST with fixed seeds, and writes their weights with
// metrics and provenance:   AE_DATA_DIR=<folder with MNIST> npm run pretrain [-- model …]
import { readFileSync, writeFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';

import { useBackend } from '@ae/backend/node';
import { batches } from '@ae/data';
import type { ImageDataSet } from '@ae/data-mnist';
import { loadDataSet } from '@ae/data-mnist/node';
import {
  assignWeights,
  decodeSafetensors,
  dequantiseWeights,
  disposeModel,
  encodeSafetensors,
  quantiseWeights,
  randomStream,
  saveModel,
  zoo,
} from '@ae/models';
import type { ModelDefinition, TensorData } from '@ae/models';
import { evaluate } from '@ae/trainer';

import { finishedRun, readRun } from './finished-run.js';

const asked = process.argv.slice(2);
const names = ['ae', 'conv-ae', 'vae', 'conv-vae'].filter(
  (name) => asked.length === 0 || asked.includes(name),
);

const { name: backend, why } = await useBackend('auto');
const data = await loadDataSet('mnist');
console.log(`${names.join(', ')} on ${data.source} with ${backend} (${why})`);
for (const name of names) await pretrain(name, data);

async function pretrain(name: string, data: ImageDataSet): Promise<void> {
  const run = finishedRun({ model: name, recipe: 'default', data: 'mnist' });
  const { recipe, options, epochs, seed, versions } = readRun(run);
  const { tensors } = decodeSafetensors(readFileSync(new URL('best.safetensors', run)));
  const quantised = quantiseWeights(tensors);
  const { metrics: trained } = await rebuilt(name, { options, seed }, tensors, data);
  const { metrics: test, texts } = await rebuilt(name, { options, seed }, dequantiseWeights(quantised), data);
  const origin = { name: data.name, checksum: data.checksum };
  const provenance = { recipe, options, seed, epochs, data: origin, versions, trained, test };
  const bytes = encodeSafetensors(quantised, { ...texts, provenance: JSON.stringify(provenance) });
  const packed = deflateSync(bytes, { level: 9 });
  const folder = new URL('../packages/models/pretrained/', import.meta.url);
  writeFileSync(new URL(`${name}.js`, folder), `export const weights = '${packed.toString('base64')}';\n`);
  writeFileSync(new URL(`${name}.d.ts`, folder), 'export declare const weights: string;\n');
  const moved = (100 * (test.loss! - trained.loss!)) / trained.loss!;
  console.log(
    `${name}: ${packed.length} bytes, test loss ${test.loss!.toFixed(3)} (${moved.toFixed(2)} % from ${trained.loss!.toFixed(3)}), mse ${test.mse!.toFixed(5)}`,
  );
  if (Math.abs(moved) >= 1)
    throw new Error(`Cannot serve ${name}: its loss moves by ${moved} % when it is packed`);
}

/** What a model with these weights reaches on the test images, and what it says of itself. */
async function rebuilt(
  name: string,
  { options, seed }: { options: ModelDefinition['defaults']; seed: number },
  weights: Record<string, TensorData>,
  data: ImageDataSet,
): Promise<{ metrics: Record<string, number>; texts: Record<string, string> }> {
  const model = (zoo[name as keyof typeof zoo] as unknown as ModelDefinition).build(
    options,
    randomStream(seed),
  );
  try {
    assignWeights(model, weights);
    const { metadata: texts } = decodeSafetensors(await saveModel(model, factsOf(data)));
    const random = randomStream(seed);
    return { metrics: await evaluate(model, batches(data.test, { batchSize: 500 }), { random }), texts };
  } finally {
    disposeModel(model);
  }
}

const factsOf = ({ train: { classes } }: ImageDataSet) => (classes ? { classes } : {});
