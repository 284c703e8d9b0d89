import { slice, unitOf, type Examples } from '@ae/data';
import { encodeAll, type Autoencoder } from '@ae/models';

import { diagnoseCode, type Finding } from './diagnose-code.js';
import type { Metrics } from './record/run-record.js';

/** Test examples whose codes are looked at. */
const MOST = 10_000;

/** What `diagnoseCode` finds about a trained model; `metrics` are those of all test examples. */
export async function findFaults(
  model: Autoencoder,
  { train, test }: { train: Examples; test: Examples },
  metrics: Metrics,
): Promise<Finding[]> {
  const codes = await encodeAll(model, slice(test, 0, Math.min(test.count, MOST)));
  return diagnoseCode({ codes, shape: test.shape, metrics, constantMse: errorOfMean(train, test) });
}

/** The squared error a value where every test example is answered with the mean training example. */
export function errorOfMean(
  train: Pick<Examples, 'values' | 'count'>,
  test: Pick<Examples, 'values'>,
): number {
  const mean = new Float64Array(train.values.length / train.count);
  for (let start = 0; start < train.values.length; start += mean.length)
    for (let i = 0; i < mean.length; i++) mean[i]! += train.values[start + i]! / train.count;
  let sum = 0;
  for (let start = 0; start < test.values.length; start += mean.length)
    for (let i = 0; i < mean.length; i++) sum += (test.values[start + i]! - mean[i]!) ** 2;
  return sum / test.values.length / unitOf(test.values) ** 2;
}
