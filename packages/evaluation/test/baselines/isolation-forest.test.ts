import { fromArray } from '@ae/data';
import { randomStream } from '@ae/models';
import { expect, it } from '@jest/globals';

import { meanPathLength } from '../../src/baselines/isolation-forest.js';
import { auroc, baselines } from '../../src/index.js';
import { normals } from '../normals.js';

it('takes as many cuts on average as a random search tree does, counted from the first cut on', () => {
  // All sizes of the two sides are equally likely: P(n) = n + Σ (P(i) + P(n − i)) / (n − 1), and c(n) = P(n) / n.
  const paths = [0, 0];
  for (let n = 2; n <= 256; n++) {
    const sides = Array.from({ length: n - 1 }, (_, i) => paths[i + 1]! + paths[n - 1 - i]!);
    paths.push(n + sides.reduce((a, b) => a + b, 0) / (n - 1));
  }
  for (const n of [0, 1, 2, 3, 10, 256])
    expect(meanPathLength(n)).toBeCloseTo(paths[n]! / Math.max(1, n), 10);
});

it('comes to the paper’s 2·(ln(n − 1) + 0.5772) − 2·(n − 1)/n', () => {
  expect(meanPathLength(256)).toBeCloseTo(2 * (Math.log(255) + 0.5772156649) - (2 * 255) / 256, 2);
});

it('scores near 1 what one cut sets apart, and about a half what lies among the others', async () => {
  const noise = normals(1000, 1);
  const normal = fromArray(noise, { shape: [2] });
  const forest = baselines['isolation-forest'].fit(normal, { components: 1, random: randomStream(2) });
  const [far, near] = await forest.score(
    fromArray(
      [
        [40, 40],
        [0, 0],
      ],
      { shape: [2] },
    ),
  );
  expect(far).toBeGreaterThan(0.75);
  expect(near).toBeLessThan(0.5);
});

it('finds a ring’s middle, where PCA and a Gaussian find nothing, as the paper’s inliers do', async () => {
  const angles = Array.from({ length: 600 }, (_, i) => (i / 600) * 2 * Math.PI);
  const ring = angles.map((angle) => [Math.cos(angle), Math.sin(angle)]);
  const inside = Array.from({ length: 60 }, (_, i) => [0.05 * Math.cos(i), 0.05 * Math.sin(i)]);
  const marks = [...ring.map(() => 0), ...inside.map(() => 1)];
  const all = fromArray([...ring, ...inside], { shape: [2] });
  const measured = async (name: 'isolation-forest' | 'mahalanobis') => {
    const options = { components: 1, random: randomStream(3) };
    return auroc(await baselines[name].fit(fromArray(ring, { shape: [2] }), options).score(all), marks);
  };
  expect(await measured('isolation-forest')).toBeGreaterThan(0.9);
  expect(await measured('mahalanobis')).toBeLessThan(0.1);
});
