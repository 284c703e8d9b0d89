// Trains the models that @ae/models serves by name, on real MNIST with fixed seeds, and writes their weights with
// metrics and provenance:   AE_DATA_DIR=<folder with MNIST> npm run pretrain [-- model …]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { useBackend } from '@ae/backend/node';
import { batches, type DataSet } from '@ae/data-mnist';
import { loadDataSet } from '@ae/data-mnist/node';
import {
  assignWeights,
  decodeSafetensors,
  disposeModel,
  encodeSafetensors,
  randomStream,
  zoo,
} from '@ae/models';
import type { ModelDefinition, TensorData } from '@ae/models';
import { evaluate } from '@ae/trainer';

import { dequantiseWeights, quantiseWeights } from '../packages/models/src/quantise.js';

const SEED = 1;
const root = new URL('../', import.meta.url);
const asked = process.argv.slice(2);
const names = ['ae', 'conv-ae', 'vae', 'conv-vae'].filter(
  (name) => asked.length === 0 || asked.includes(name),
);

const { name: backend, why } = await useBackend('auto');
const data = await loadDataSet('mnist');
console.log(`${names.join(', ')} on ${data.source} with ${backend} (${why})`);
for (const name of names) await pretrain(name, data);

async function pretrain(name: string, data: DataSet): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ae-pretrain-'));
  try {
    const run = join(folder, name);
    const ae = [
      'run',
      '--silent',
      'ae',
      '--',
      'train',
      name,
      '--data',
      'mnist',
      '--seed',
      `${SEED}`,
      '--out',
      run,
    ];
    const { status } = spawnSync('npm', ae, {
      cwd: fileURLToPath(root),
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (status !== 0) throw new Error(`Cannot pretrain ${name}: training ended with exit code ${status}`);
    const record = JSON.parse(readFileSync(join(run, 'run.json'), 'utf8'));
    const { tensors } = decodeSafetensors(readFileSync(join(run, 'best.safetensors')));
    const quantised = quantiseWeights(tensors);
    const trained = await testMetrics(name, record.options, tensors, data);
    const test = await testMetrics(name, record.options, dequantiseWeights(quantised), data);
    const { recipe, options, epochs, versions } = record;
    const origin = { name: data.name, checksum: data.checksum };
    const provenance = { recipe, options, seed: SEED, epochs, data: origin, versions, trained, test };
    const bytes = encodeSafetensors(quantised, { provenance: JSON.stringify(provenance) });
    const file = new URL(`packages/models/src/pretrained/${name}.ts`, root);
    writeFileSync(file, `export const weights: string =\n  '${Buffer.from(bytes).toString('base64')}';\n`);
    const moved = (100 * (test.loss! - trained.loss!)) / trained.loss!;
    console.log(
      `${name}: ${bytes.length} bytes, test loss ${test.loss!.toFixed(3)} (${moved.toFixed(2)} % from ${trained.loss!.toFixed(3)}), mse ${test.mse!.toFixed(5)}`,
    );
    if (Math.abs(moved) >= 1)
      throw new Error(`Cannot serve ${name}: a byte a weight moves its loss by ${moved} %`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function testMetrics(
  name: string,
  options: ModelDefinition['defaults'],
  weights: Record<string, TensorData>,
  data: DataSet,
): Promise<Record<string, number>> {
  const model = (zoo[name as keyof typeof zoo] as unknown as ModelDefinition).build(
    options,
    randomStream(SEED),
  );
  try {
    assignWeights(model, weights);
    return await evaluate(model, batches(data.test, { batchSize: 500 }), { random: randomStream(SEED) });
  } finally {
    disposeModel(model);
  }
}
