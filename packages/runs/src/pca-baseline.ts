import type { Examples } from '@ae/data';
import { pca } from '@ae/viz';

/** Images as bytes. */
export type ByteImages = Examples & { values: Uint8Array };

/** What a linear code of the same size reaches. */
export interface PcaBaseline {
  components: number;
  /** Mean over pixels and images of the squared error on the images of `test`, pixels in [0, 1]. */
  mse: number;
}

/**
 * The reconstruction errors of principal component analyses: axes fitted on `train`, errors measured on `test`, one
 * for each number of components.
 * @throws RangeError for more components than pixels or images of another size
 */
export function pcaBaselines(
  { train, test }: { train: ByteImages; test: ByteImages },
  components: readonly number[],
): PcaBaseline[] {
  const pixels = train.values.length / train.count;
  for (const count of components)
    if (count < 1 || count > pixels)
      throw new RangeError(`Cannot fit a PCA: ${count} components, expected 1 to ${pixels}`);
  if (`${test.shape}` !== `${train.shape}`)
    throw new RangeError(
      `Cannot fit a PCA: test images of ${test.shape.join(' × ')}, expected ${train.shape.join(' × ')}`,
    );
  // All components lose nothing: they need not be found.
  const most = Math.max(...components.filter((count) => count < pixels), 1);
  const points = { values: train.values, count: train.count, dimensions: pixels };
  const losses = pca(points, most).lossOf(test.values);
  return components.map((count) => ({
    components: count,
    mse: count === pixels ? 0 : losses[count]! / pixels / 255 ** 2,
  }));
}
