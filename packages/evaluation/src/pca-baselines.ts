import { sizeOf, unitOf, wordsFor, type Examples } from '@ae/data';
import { pca } from '@ae/viz/projections';

import { lossesWithGaps } from './pca-with-gaps.js';

/** What a linear code of the same size reaches. */
export interface PcaBaseline {
  components: number;
  /** Mean over values and examples of the squared error on the examples of `test`; bytes stand for value/255. */
  mse: number;
}

/**
 * The reconstruction errors of principal component analyses: axes fitted on `train`, errors measured on `test`, one
 * for each number of components. For what is missing, NaN, the mean of the training column stands, and its error is left out.
 * @throws RangeError for more components than values, or test examples of another shape or kind
 */
export function pcaBaselines(
  { train, test }: { train: Examples; test: Examples },
  components: readonly number[],
): PcaBaseline[] {
  const { values: manyValues, many, size } = wordsFor(train.shape);
  const values = sizeOf(train.shape);
  for (const count of components)
    if (count < 1 || count > values)
      throw new RangeError(
        `Cannot fit a PCA: ${count} components, expected 1 to ${values}, the ${manyValues}`,
      );
  const [unit, unitOfTest] = [unitOf(train.values), unitOf(test.values)];
  if (`${test.shape}` !== `${train.shape}` || unit !== unitOfTest)
    throw new RangeError(
      `Cannot fit a PCA: test ${many} of ${wordsFor(test.shape).size}${unit === unitOfTest ? '' : ' and another kind'}, expected ${size} as in training`,
    );
  // All components lose nothing: they need not be found.
  const most = Math.max(...components.filter((count) => count < values), 1);
  if (hasGaps(train.values) || hasGaps(test.values)) {
    const rows = { values: train.values as Float32Array, count: train.count };
    const losses = lossesWithGaps(rows, test.values as Float32Array, { values, most, counts: components });
    return components.map((count, i) => ({ components: count, mse: losses[i]! }));
  }
  const points = { values: train.values, count: train.count, dimensions: values };
  const losses = pca(points, most).lossOf(test.values);
  return components.map((count) => ({
    components: count,
    mse: count === values ? 0 : losses[count]! / values / unit ** 2,
  }));
}

const hasGaps = (values: Uint8Array | Float32Array) =>
  values.BYTES_PER_ELEMENT === 4 && (values as Float32Array).some(Number.isNaN);
