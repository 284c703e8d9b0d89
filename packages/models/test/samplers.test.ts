import { beforeAll, describe, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import {
  defineSampler,
  encodeSafetensors,
  loadSampler,
  randomStream,
  samplers,
  saveSampler,
  type Code,
  type Codes,
  type SamplerDefinition,
} from '../src/index.js';

beforeAll(async () => {
  tf.env().set('IS_TEST', true);
  await tf.setBackend('cpu');
});

const code = (dimensions: number): Code => ({ kind: 'vector', dimensions });
const all = Object.entries(samplers) as unknown as [string, SamplerDefinition][];

/** Codes with mean (1, -2) and covariance [[4, 2], [2, 5]], by what their normals are multiplied with. */
function correlated(count: number): Codes {
  const noise = tf.tidy(() => randomStream(3).normal([count, 2]).dataSync());
  const values = Float32Array.from({ length: 2 * count }, (_, i) => {
    const [a, b] = [noise[i - (i % 2)]!, noise[i - (i % 2) + 1]!];
    return i % 2 === 0 ? 1 + 2 * a : -2 + a + 2 * b;
  });
  return { values, count, dimensions: 2 };
}

describe.each(all)('the sampler %s', (name, sampler) => {
  test('draws rows of the length of the codes, the same ones for the same seed', async () => {
    const fitted = await sampler.fit(correlated(50), code(2), randomStream(1));
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      const drawn = fitted.sample(7, randomStream(5));
      expect(drawn.shape).toEqual([7, 2]);
      expect([...fitted.sample(7, randomStream(5)).dataSync()]).toEqual([...drawn.dataSync()]);
      expect([...fitted.sample(7, randomStream(6)).dataSync()]).not.toEqual([...drawn.dataSync()]);
    });
    expect(tf.memory().numTensors).toBe(before);
  });

  test('comes back from its file with the same draws and the same densities', async () => {
    const codes = correlated(50);
    const fitted = await sampler.fit(codes, code(2), randomStream(1));
    const loaded = loadSampler(saveSampler(fitted));
    expect(loaded.name).toBe(name);
    const draw = ({ sample }: typeof fitted) => tf.tidy(() => [...sample(5, randomStream(2)).dataSync()]);
    expect(draw(loaded)).toEqual(draw(fitted));
    expect(loaded.logDensity?.(codes)).toEqual(fitted.logDensity?.(codes));
  });

  test.each<[string, Partial<Codes>, Code, string]>([
    ['codes of another size', {}, code(3), 'found codes of 2 numbers, expected 3'],
    ['no codes', { count: 0, values: new Float32Array() }, code(2), 'found 0 numbers for 0 codes of 2'],
    ['too few numbers', { count: 51 }, code(2), 'found 100 numbers for 51 codes of 2'],
    ['numbers that are none', { values: new Float32Array(100).fill(NaN) }, code(2), 'found NaN in code 0'],
    [
      'indices',
      {},
      { kind: 'categorical', places: [2], classes: 9 },
      'found a categorical code, expected one of coordinates anywhere',
    ],
    [
      'codes of a sphere',
      {},
      { kind: 'vector', dimensions: 2, geometry: 'sphere' },
      'found a code on a sphere, expected one of coordinates anywhere',
    ],
  ])('refuses %s', async (_what, change, kind, message) => {
    await expect(sampler.fit({ ...correlated(50), ...change }, kind, randomStream(1))).rejects.toThrow(
      `Cannot fit ${name}: ${message}`,
    );
  });

  test('refuses an unknown option', async () => {
    await expect(sampler.fit(correlated(9), code(2), randomStream(1), { nonsense: 3 })).rejects.toThrow(
      `Cannot fit ${name}: unknown option "nonsense"`,
    );
  });

  test('has a density that is one over all of space', async () => {
    const { logDensity } = await sampler.fit(correlated(50), code(2), randomStream(1));
    const [side, step] = [200, 0.15]; // a grid of 30 × 30, far beyond where anything lies
    const values = Float32Array.from(
      { length: 2 * side * side },
      (_, i) => step * ((i % 2 === 0 ? Math.floor(i / 2) % side : Math.floor(i / 2 / side)) - side / 2),
    );
    const densities = logDensity!({ values, count: side * side, dimensions: 2 });
    expect(densities.reduce((sum, log) => sum + Math.exp(log) * step * step, 0)).toBeCloseTo(1, 3);
  });
});

describe('the Gaussian sampler', () => {
  test('has the mean and the covariance of the codes', async () => {
    const codes: Codes = { values: Float32Array.of(1, 0, 3, 0, 1, 4, 3, 4), count: 4, dimensions: 2 };
    const { tensors } = await samplers.gaussian.fit(codes, code(2), randomStream(1));
    expect([...tensors.mean!.data]).toEqual([2, 2]);
    expect([...tensors.factor!.data]).toEqual([1, 0, 0, 2]); // variances 1 and 4, independent
  });

  test('draws codes with this mean and this covariance', async () => {
    const fitted = await samplers.gaussian.fit(correlated(20_000), code(2), randomStream(1));
    const drawn = tf.tidy(() => fitted.sample(50_000, randomStream(8)).dataSync());
    const mean = (of: (x: number, y: number) => number) => {
      let sum = 0;
      for (let i = 0; i < drawn.length; i += 2) sum += of(drawn[i]!, drawn[i + 1]!);
      return sum / 50_000;
    };
    const [x, y] = [mean((a) => a), mean((_, b) => b)];
    expect(Math.abs(x - 1)).toBeLessThan(0.05);
    expect(Math.abs(y + 2)).toBeLessThan(0.05);
    expect(Math.abs(mean((a) => (a - x) ** 2) - 4)).toBeLessThan(0.15);
    expect(Math.abs(mean((a, b) => (a - x) * (b - y)) - 2)).toBeLessThan(0.15);
    expect(Math.abs(mean((_, b) => (b - y) ** 2) - 5)).toBeLessThan(0.15);
  });

  test('has the density of the closed form', async () => {
    const { tensors, logDensity } = await samplers.gaussian.fit(correlated(20_000), code(2), randomStream(1));
    const [mx, my] = tensors.mean!.data as Float64Array;
    const [l, , m, n] = tensors.factor!.data as Float64Array;
    const [xx, xy, yy] = [l! ** 2, l! * m!, m! ** 2 + n! ** 2];
    const determinant = xx * yy - xy ** 2;
    const at = (x: number, y: number) => {
      const [dx, dy] = [x - mx!, y - my!];
      const distance = (yy * dx * dx - 2 * xy * dx * dy + xx * dy * dy) / determinant;
      return -(distance + Math.log(determinant)) / 2 - Math.log(2 * Math.PI);
    };
    const found = logDensity!({ values: Float32Array.of(1, -2, 5, 0, -3, 7), count: 3, dimensions: 2 });
    [at(1, -2), at(5, 0), at(-3, 7)].forEach((expected, i) => expect(found[i]).toBeCloseTo(expected, 10));
  });

  test('stays where the codes stay, and says that they have no density there', async () => {
    const values = Float32Array.from(correlated(50).values, (value, i) => (i % 2 === 0 ? value : 3));
    const fitted = await samplers.gaussian.fit(
      { values, count: 50, dimensions: 2 },
      code(2),
      randomStream(1),
    );
    const drawn = tf.tidy(() => [...fitted.sample(20, randomStream(5)).dataSync()]);
    expect(new Set(drawn.filter((_, i) => i % 2 === 1))).toEqual(new Set([3]));
    expect(() => fitted.logDensity!({ values, count: 50, dimensions: 2 })).toThrow(
      'found that dimension 1 of the codes is a function of those before it',
    );
  });
});

describe('a sampler of one’s own', () => {
  const pickOne = defineSampler({
    name: 'pick-one',
    summary: 'One of the first codes, drawn anew every time',
    defaults: { first: 2 },
    allowed: { first: { whole: true, from: 1 } },
    fit: ({ values, dimensions }, { first }) => ({
      codes: { shape: [first, dimensions], data: values.slice(0, first * dimensions) },
    }),
    from: ({ codes }) => ({
      sample(count, random) {
        const [rows] = codes!.shape;
        const places = Array.from({ length: count }, () => Math.floor(random.next() * rows!));
        return tf.gather(tf.tensor2d(codes!.data as Float32Array, codes!.shape as [number, number]), places);
      },
    }),
  });

  test('is a file with defineSampler(), saved and loaded as ours are', async () => {
    const fitted = await pickOne.fit(correlated(9), code(2), randomStream(1), { first: 3 });
    expect(fitted.options).toEqual({ first: 3 });
    const bytes = saveSampler(fitted);
    const loaded = loadSampler(bytes, pickOne);
    const draw = ({ sample }: typeof fitted) => tf.tidy(() => [...sample(5, randomStream(2)).dataSync()]);
    expect(draw(loaded)).toEqual(draw(fitted));
    expect(() => loadSampler(bytes)).toThrow(
      `Cannot load a sampler: found "pick-one", expected ${Object.keys(samplers).join(' or ')}`,
    );
  });

  test('and its options are checked', async () => {
    await expect(pickOne.fit(correlated(9), code(2), randomStream(1), { first: 0 })).rejects.toThrow(
      'Cannot fit pick-one: first is 0, expected a whole number from 1',
    );
  });

  test('is not found in a file of something else', () => {
    expect(() => loadSampler(encodeSafetensors({}))).toThrow('found a file of something else');
  });

  test('has a name in kebab-case', () => {
    expect(() => defineSampler({ ...pickOne, name: 'Pick One' } as never)).toThrow(
      'Cannot define a sampler: name "Pick One", expected kebab-case',
    );
  });
});
