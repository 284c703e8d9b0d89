import { describe, expect, it } from '@jest/globals';
import { Matrix, SingularValueDecomposition } from 'ml-matrix';

import { errorOfMean, pcaBaselines } from '../src/index.js';

/** Images of 4 × 3 bytes, many of them 0, from a fixed recurrence. */
function someImages(count: number, start: number) {
  const values = new Uint8Array(count * 12);
  let state = start;
  for (let i = 0; i < values.length; i++) {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    values[i] = Math.max(0, ((state >>> 8) % 400) - 145 + 20 * (i % 12));
  }
  return { values, count, shape: [4, 3, 1] };
}

/** The same by the book: singular vectors of the centred training images, every test image projected one by one. */
function projected(train: ReturnType<typeof someImages>, test: typeof train, components: number): number {
  const rows = ({ values, count }: typeof train) =>
    Matrix.from1DArray(
      count,
      12,
      [...values].map((value) => value / 255),
    );
  const mean = rows(train).mean('column');
  const { rightSingularVectors } = new SingularValueDecomposition(rows(train).subRowVector(mean));
  const axes = rightSingularVectors.subMatrix(0, 11, 0, components - 1);
  const centred = rows(test).subRowVector(mean);
  const residual = Matrix.sub(centred, centred.mmul(axes).mmul(axes.transpose()));
  return residual.pow(2).mean();
}

describe('pcaBaselines()', () => {
  const train = someImages(200, 1);
  const test = someImages(50, 99);

  it.each([1, 3, 7])(
    'equals a projection of every test image on %i singular vectors of the training images',
    (components) => {
      expect(pcaBaselines({ train, test }, [1, components])[1]!.mse).toBeCloseTo(
        projected(train, test, components),
        10,
      );
    },
  );

  it('loses nothing with as many components as pixels', () => {
    expect(pcaBaselines({ train, test }, [12])[0]!.mse).toBeCloseTo(0, 12);
  });

  it('takes pixels that never vary in training for axes of their own, after all others', () => {
    const blank = (set: typeof train) => ({
      ...set,
      values: set.values.map((value, i) => (i % 12 < 5 ? 0 : value)),
    });
    const sets = { train: blank(train), test: { ...test } };
    expect(pcaBaselines(sets, [3])[0]!.mse).toBeCloseTo(projected(sets.train, sets.test, 3), 10);
    const [seven, twelve] = pcaBaselines(sets, [7, 12]);
    expect(seven!.mse).toBeGreaterThan(0.01);
    expect(twelve!.mse).toBeCloseTo(0, 12);
  });

  it('refuses test images of another size, be it with as many pixels', () => {
    expect(() => pcaBaselines({ train, test: { ...test, shape: [3, 4, 1] } }, [2])).toThrow(
      'Cannot fit a PCA: test images of 3 × 4, expected 4 × 3',
    );
  });

  it('takes rows of floats as they are, and does not mix them with bytes', () => {
    const asRows = ({ values, count }: typeof train) => ({
      values: Float32Array.from(values, (value) => value / 255),
      count,
      shape: [12],
    });
    const rows = { train: asRows(train), test: asRows(test) };
    const [bytes] = pcaBaselines({ train, test }, [3]);
    expect(pcaBaselines(rows, [3])[0]!.mse).toBeCloseTo(bytes!.mse, 8);
    expect(() => pcaBaselines({ train: { ...train, shape: [12] }, test: rows.test }, [3])).toThrow(
      'Cannot fit a PCA: test rows of 12 and another kind, expected 12',
    );
  });

  it('refuses more components than pixels', () => {
    expect(() => pcaBaselines({ train, test }, [2, 13])).toThrow(
      'Cannot fit a PCA: 13 components, expected 1 to 12, the pixels',
    );
  });
});

it('leaves out the errors of what is missing, in whose place the column’s training mean stands', () => {
  const floats = ({ values, ...rest }: ReturnType<typeof someImages>) => ({
    ...{ ...rest, values: Float32Array.from(values, (value, i) => ((i * 7) % 13 === 0 ? NaN : value / 255)) },
  });
  const [train, test] = [floats(someImages(200, 1)), floats(someImages(50, 99))];
  const columns = Array.from({ length: 12 }, (_, column) =>
    [...train.values].filter((value, i) => i % 12 === column && !Number.isNaN(value)),
  );
  const means = columns.map((column) => column.reduce((sum, value) => sum + value) / column.length);
  const filled = ({ values, count }: typeof train) =>
    Matrix.from1DArray(
      count,
      12,
      [...values].map((value, i) => (Number.isNaN(value) ? means[i % 12]! : value)),
    );
  const centre = filled(train).mean('column');
  const { rightSingularVectors } = new SingularValueDecomposition(filled(train).subRowVector(centre));
  const axes = rightSingularVectors.subMatrix(0, 11, 0, 2);
  const centred = filled(test).subRowVector(centre);
  const residual = Matrix.sub(centred, centred.mmul(axes).mmul(axes.transpose()));
  const rows = residual.to2DArray().map((row, i) => {
    const seen = row.filter((_, column) => !Number.isNaN(test.values[i * 12 + column]));
    return seen.reduce((sum, error) => sum + error ** 2, 0) / seen.length;
  });
  const expected = rows.reduce((sum, error) => sum + error) / rows.length;
  const found = pcaBaselines({ train, test }, [3, 12]).map(({ mse }) => mse);
  expect(found).toEqual([expect.closeTo(expected, 6), 0]);
  expect(errorOfMean(train, test)).toBeCloseTo(pcaErrorOfNone(test.values, means), 10);
});

/** Of every row's values that are there, by the book. */
function pcaErrorOfNone(values: Float32Array, means: number[]): number {
  const rows = Array.from({ length: values.length / 12 }, (_, row) =>
    means.flatMap((mean, column) => {
      const value = values[row * 12 + column]!;
      return Number.isNaN(value) ? [] : [(value - mean) ** 2];
    }),
  );
  return (
    rows.reduce((sum, row) => sum + row.reduce((all, each) => all + each, 0) / row.length, 0) / rows.length
  );
}
