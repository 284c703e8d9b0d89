import { unitOf, type Examples } from '@ae/data';

/**
 * What the least of all models reaches: the squared error a value where every test example is answered with the mean
 * training example, in units of the full range for bytes.
 */
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
