import { pca } from '@ae/viz';

/** Images as bytes; the same as `ImageSet` of `@ae/data-mnist` without its labels. */
export interface ByteImages {
  images: Uint8Array;
  count: number;
  height: number;
  width: number;
}

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
  const pixels = train.images.length / train.count;
  for (const count of components)
    if (count < 1 || count > pixels)
      throw new RangeError(`Cannot fit a PCA: ${count} components, expected 1 to ${pixels}`);
  if (test.height !== train.height || test.width !== train.width)
    throw new RangeError(
      `Cannot fit a PCA: test images of ${test.height} × ${test.width}, expected ${train.height} × ${train.width}`,
    );
  // All components lose nothing: they need not be found.
  const most = Math.max(...components.filter((count) => count < pixels), 1);
  const points = { values: train.images, count: train.count, dimensions: pixels };
  const losses = pca(points, most).lossOf(test.images);
  return components.map((count) => ({
    components: count,
    mse: count === pixels ? 0 : losses[count]! / pixels / 255 ** 2,
  }));
}
