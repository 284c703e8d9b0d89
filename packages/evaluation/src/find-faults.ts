import { slice, type Examples } from '@ae/data';
import { encodeAll, type Autoencoder } from '@ae/models';

import { errorOfMean } from './mean-example.js';
import { diagnoseCode, type Finding } from './diagnose-code.js';

/** Test examples whose codes are looked at. */
const MOST = 10_000;

/** What `diagnoseCode` finds about a trained model; `metrics` are those of all test examples. */
export async function findFaults(
  model: Autoencoder,
  { train, test }: { train: Examples; test: Examples },
  metrics: Readonly<Record<string, number>>,
): Promise<Finding[]> {
  const codes = await encodeAll(model, slice(test, 0, Math.min(test.count, MOST)));
  return diagnoseCode({ codes, shape: test.shape, metrics, constantMse: errorOfMean(train, test) });
}
