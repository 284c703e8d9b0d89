// What a page of a user does: draws digits, trains a model on them, and shows what became of it; then a model that was
// trained before. It is type-checked as an ES module and as CommonJS too.
import { useBackend } from '@ae/backend/browser';
import { batches } from '@ae/data';
import { digits } from '@ae/data-mnist';
import { loadPretrained, randomStream, vae, type Autoencoder } from '@ae/models';
import { evaluate, fit, type HistoryRow } from '@ae/trainer';
import { latentScatter, learningCurve } from '@ae/viz';
import * as tf from '@tensorflow/tfjs';

/** @param wasmUrl where the file of stock kernels is served */
export async function program(wasmUrl: string): Promise<void> {
  const { name } = await useBackend('auto', { wasmUrl });
  const { train, test } = await digits({ train: 400, test: 100 });
  const random = randomStream(1);
  const model: Autoencoder = vae.build({ hidden: [64] }, random);
  const { history } = await fit(model, {
    ...{ train: batches(train, { batchSize: 50, seed: 1 }), epochs: 3, random },
    optimizer: { name: 'adam', learningRate: 2e-3 },
  });
  const rows: readonly HistoryRow[] = history;
  const { loss } = await evaluate(model, batches(test, { batchSize: 50 }), { random });

  const { model: trained, provenance } = await loadPretrained('vae');
  const images = tf.tensor4d(
    Float32Array.from(test.values, (byte) => byte / 255),
    [test.count, 28, 28, 1],
  );
  const codes = (await trained.encode(images).data()) as Float32Array;
  const figures = [learningCurve(rows), latentScatter({ codes, dimensions: 2, labels: test.labels })];
  const said = document.createElement('output');
  said.textContent = `backend ${name}, loss ${loss!.toFixed(1)} on ${test.count} digits, vae of ${provenance.epochs} epochs`;
  document.body.append(...figures, said);
}
