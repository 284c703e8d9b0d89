import type { Autoencoder } from '@ae/models';

import { diagnoseCode, type Finding } from './diagnose-code.js';
import { encodeImages, firstImages, type LabelledImages } from './model-images.js';
import type { Metrics } from './record/run-record.js';

/** Test images whose codes are looked at. */
const MOST = 10_000;

/** What `diagnoseCode` finds about a trained model; `metrics` are those of all test images. */
export async function findFaults(
  model: Autoencoder,
  { train, test }: { train: LabelledImages; test: LabelledImages },
  metrics: Metrics,
): Promise<Finding[]> {
  const codes = await encodeImages(model, firstImages(test, MOST));
  return diagnoseCode({ codes, metrics, constantMse: meanImageError(train, test) });
}

/** The error a pixel, in units of the full range, where every test image is answered with the mean training image. */
export function meanImageError(
  train: Pick<LabelledImages, 'values' | 'count'>,
  test: Pick<LabelledImages, 'values'>,
): number {
  const mean = new Float64Array(train.values.length / train.count);
  for (let start = 0; start < train.values.length; start += mean.length)
    for (let i = 0; i < mean.length; i++) mean[i]! += train.values[start + i]! / train.count;
  let sum = 0;
  for (let start = 0; start < test.values.length; start += mean.length)
    for (let i = 0; i < mean.length; i++) sum += (test.values[start + i]! - mean[i]!) ** 2;
  return sum / test.values.length / 255 ** 2;
}
