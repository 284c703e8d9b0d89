import { fromArray } from '@ae/data';
import { randomStream } from '@ae/models';
import { expect, it } from '@jest/globals';
import { inverse, Matrix } from 'ml-matrix';

import { baselines } from '../../src/index.js';
import { normals } from '../normals.js';

const fit = (rows: number[][]) => {
  const examples = fromArray(rows, { shape: [rows[0]!.length] });
  return baselines.mahalanobis.fit(examples, { components: 1, random: randomStream(1) }).score(examples);
};
const rows = (count: number) =>
  Array.from({ length: count }, (_, i) => [
    (i % 7) + (i % 3),
    i ** 2 % 5,
    (i % 7) - (i ** 2 % 5) + 0.25 * (i % 2),
  ]);

// sklearn.covariance.LedoitWolf().fit(z).mahalanobis(z) of the columns less their means over their deviations
it.each([
  [40, [4.587156648501348, 1.1142245560998192, 2.3301893012749435, 1.8976725054430752]],
  [4, [2.5303967688266455, 1.4821640349795764, 2.588797573304724, 1.3031062596675511]],
])('the distance of %i rows is that of scikit-learn', async (count, expected) => {
  const found = await fit(rows(count));
  expected.forEach((distance, i) => expect(found[i]).toBeCloseTo(distance, 5));
});

it('is (x − μ)ᵀ·Σ⁻¹·(x − μ) by a direct inverse where there are many rows, whatever the units of the columns', async () => {
  const noise = normals(40_000, 3);
  const many = Array.from({ length: 20_000 }, (_, i) => [
    1000 * noise[2 * i]!,
    0.01 * (noise[2 * i]! + noise[2 * i + 1]!) + 7,
  ]);
  const matrix = new Matrix(many);
  const centred = matrix.clone().subRowVector(matrix.mean('column'));
  const precision = inverse(centred.transpose().mmul(centred).div(many.length));
  const found = await fit(many);
  for (const i of [0, 17, 4242]) {
    const row = centred.getRowVector(i);
    const direct = row.mmul(precision).mmul(row.transpose()).get(0, 0);
    expect(Math.abs(found[i]! / direct - 1)).toBeLessThan(0.01); // as much is shrunk
  }
});
