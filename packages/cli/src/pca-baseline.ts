import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/** Images of one channel as bytes; the same as `ImageSet` of `@ae/data-mnist` without its labels. */
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
 *
 * With V the leading eigenvectors of train's covariance and S the second moments of test about train's mean, the
 * error of all test images is tr S − tr VᵀSV, so that no image is projected one by one. Moments of bytes are whole
 * numbers below 2⁵³ and therefore exact, whatever computes the model.
 * @throws RangeError for more components than pixels or images of another size
 */
export function pcaBaselines(
  { train, test }: { train: ByteImages; test: ByteImages },
  components: readonly number[],
): PcaBaseline[] {
  const pixels = train.height * train.width;
  for (const count of components)
    if (count < 1 || count > pixels)
      throw new RangeError(`Cannot fit a PCA: ${count} components, expected 1 to ${pixels}`);
  if (test.height !== train.height || test.width !== train.width)
    throw new RangeError(
      `Cannot fit a PCA: test images of ${test.height} × ${test.width}, expected ${train.height} × ${train.width}`,
    );
  const mean = pixelMeans(train);
  const axes = leadingAxes(momentsAbout(mean, train, mean), Math.max(...components)); // [pixels, most components]
  const moments = momentsAbout(mean, test, pixelMeans(test)); // [pixels, pixels]
  const total = moments.trace();
  const along = Matrix.mul(axes, moments.mmul(axes)).sum('column'); // vᵀSv of each axis
  return components.map((count) => {
    const kept = along.slice(0, count).reduce((sum, variance) => sum + variance, 0);
    return { components: count, mse: Math.max(0, total - kept) / pixels / 255 ** 2 };
  });
}

/**
 * The eigenvectors of the largest eigenvalues, as columns: [pixels, components]. A pixel that never varies is an
 * eigenvector by itself, of eigenvalue 0; only the others are decomposed.
 */
function leadingAxes(covariance: Matrix, components: number): Matrix {
  const variances = covariance.diagonal();
  const pixels = [...variances.keys()];
  const varying = pixels.filter((pixel) => variances[pixel]! > 0);
  const constant = pixels.filter((pixel) => !(variances[pixel]! > 0));
  const axes = Matrix.zeros(variances.length, components);
  if (varying.length > 0) {
    const { realEigenvalues: values, eigenvectorMatrix: vectors } = new EigenvalueDecomposition(
      covariance.selection(varying, varying),
      { assumeSymmetric: true },
    );
    const order = [...values.keys()].sort((i, j) => values[j]! - values[i]!).slice(0, components);
    order.forEach((from, to) => varying.forEach((pixel, row) => axes.set(pixel, to, vectors.get(row, from))));
  }
  constant
    .slice(0, components - varying.length)
    .forEach((pixel, i) => axes.set(pixel, varying.length + i, 1));
  return axes;
}

function pixelMeans({ images, count, height, width }: ByteImages): Float64Array {
  const sums = new Float64Array(height * width);
  for (let i = 0, pixel = 0; i < images.length; i++) {
    sums[pixel]! += images[i]!;
    if (++pixel === sums.length) pixel = 0;
  }
  return sums.map((sum) => sum / count);
}

/** E[(x − c)(x − c)ᵀ] over the images: [pixels, pixels]; `mean` is E[x]. Pixels that are 0 cost nothing. */
function momentsAbout(
  center: Float64Array,
  { images, count, height, width }: ByteImages,
  mean: Float64Array,
): Matrix {
  const pixels = height * width;
  const sums = new Float64Array(pixels * pixels);
  const places = new Int32Array(pixels);
  for (let start = 0; start < count * pixels; start += pixels) {
    let lit = 0;
    for (let i = 0; i < pixels; i++) if (images[start + i] !== 0) places[lit++] = i;
    for (let a = 0; a < lit; a++) {
      const value = images[start + places[a]!]!;
      const row = places[a]! * pixels;
      for (let b = a; b < lit; b++) sums[row + places[b]!]! += value * images[start + places[b]!]!;
    }
  }
  const moments = new Matrix(pixels, pixels);
  for (let i = 0; i < pixels; i++)
    for (let j = i; j < pixels; j++) {
      const moment =
        sums[i * pixels + j]! / count -
        center[i]! * mean[j]! -
        mean[i]! * center[j]! +
        center[i]! * center[j]!;
      moments.set(i, j, moment);
      moments.set(j, i, moment);
    }
  return moments;
}
