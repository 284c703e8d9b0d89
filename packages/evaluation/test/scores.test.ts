import { fromArray, select, standardise, type Examples } from '@ae/data';
import { ae, disposeModel, encodeAll, randomStream, vae, type Autoencoder } from '@ae/models';
import { evaluate } from '@ae/trainer';
import { batches } from '@ae/data';
import * as tf from '@tensorflow/tfjs';
import { afterAll, describe, expect, it } from '@jest/globals';

import { baselines, fitScore, scores, type Score } from '../src/index.js';
import { aTable } from './a-table.js';

const shape = [4];
const small = { shape, hidden: [6], latentDim: 2 };
const plain = ae.build({ ...small, output: 'linear' }, randomStream(1));
const variational = vae.build({ ...small, likelihood: 'gaussian' }, randomStream(2));
const [normal, others] = [1, 2].map((seed) => standardise(aTable(80, seed))) as [Examples, Examples];
afterAll(() => [plain, variational].forEach(disposeModel));

const fitted = async (score: string | Score, model: Autoencoder = variational) =>
  fitScore(score, model, { normal, random: randomStream(3) });

describe.each(Object.values<Score>(scores).map((score) => [score.name, score] as const))(
  'the score %s',
  (name, score) => {
    it('is one finite number an example, whatever others it comes with, and leaves no tensor', async () => {
      const before = tf.memory().numTensors;
      const { scorer } = await fitted(name);
      const all = await scorer.score(others);
      expect(all).toHaveLength(80);
      expect([...all].every(Number.isFinite)).toBe(true);
      const [one] = await scorer.score(select(others, [41]));
      expect(one).toBeCloseTo(all[41]!, 4);
      expect(tf.memory().numTensors).toBe(before);
    });

    it('is the same again from what it has learned, after JSON, and for the same seed', async () => {
      const { scorer, fitted: learned } = await fitted(name);
      const again = score.from(variational, JSON.parse(JSON.stringify(learned)) as typeof learned);
      expect(await again.score(others)).toEqual(await scorer.score(others));
      expect((await fitted(name)).fitted).toEqual(learned);
    });

    it('says nothing else where labels are there', async () => {
      const { scorer } = await fitted(name);
      const labels = Uint8Array.from({ length: 80 }, (_, i) => i % 2);
      expect(await scorer.score({ ...others, labels })).toEqual(await scorer.score(others));
    });
  },
);

it('reconstruction-error is the mean of what it says of each value', async () => {
  const { scorer } = await fitted('reconstruction-error', plain);
  const [score, where] = [await scorer.score(others), await scorer.where!(others)];
  const rebuilt = tf.tidy(() => plain.decode(plain.encode(tf.tensor(others.values, [80, 4]))).dataSync());
  where.forEach((error, i) => expect(error).toBeCloseTo((rebuilt[i]! - others.values[i]!) ** 2, 5));
  expect(score[3]).toBeCloseTo(where.subarray(12, 16).reduce((a, b) => a + b, 0) / 4, 6);
});

it('code-mahalanobis is the baseline of that name, of codes', async () => {
  const { scorer } = await fitted('code-mahalanobis', plain);
  const asRows = async (examples: Examples) => {
    const { values, count, dimensions } = await encodeAll(plain, examples);
    return { values, count, shape: [dimensions] };
  };
  const baseline = baselines.mahalanobis.fit(await asRows(normal), {
    components: 1,
    random: randomStream(1),
  });
  expect(await scorer.score(others)).toEqual(await baseline.score(await asRows(others)));
});

it('code-neighbours is the mean distance to the nearest tenth of the codes, each coordinate in standard deviations', async () => {
  const { scorer } = await fitted('code-neighbours', plain);
  const columns = ({ values }: { values: Float32Array }) =>
    [0, 1].map((d) => [...values].filter((_, i) => i % 2 === d));
  const [known, asked] = [columns(await encodeAll(plain, normal)), columns(await encodeAll(plain, others))];
  const deviations = known.map((column) => {
    const mean = column.reduce((a, b) => a + b, 0) / 80;
    return Math.sqrt(column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 80);
  });
  const distances = Array.from({ length: 80 }, (_, i) =>
    Math.hypot(...[0, 1].map((d) => (known[d]![i]! - asked[d]![5]!) / deviations[d]!)),
  ).sort((a, b) => a - b);
  const nearest = distances.slice(0, 8).reduce((a, b) => a + b, 0) / 8;
  expect((await scorer.score(others))[5]).toBeCloseTo(nearest, 5);
});

it('negative-elbo is on average what the trainer measures, and the reconstruction probability a part of it', async () => {
  const terms = { elbo: 0, nll: 0, loss: 0, reconstruction: 0 };
  const mean = (values: Float64Array) => values.reduce((a, b) => a + b, 0) / values.length;
  terms.elbo = mean(await (await fitted('negative-elbo')).scorer.score(others));
  terms.nll = mean(await (await fitted('reconstruction-probability')).scorer.score(others));
  for (let seed = 0; seed < 20; seed++) {
    const found = await evaluate(variational, batches(others, { batchSize: 80 }), {
      random: randomStream(seed),
    });
    terms.loss += found.loss! / 20;
    terms.reconstruction += found.reconstruction! / 20;
  }
  expect(terms.elbo).toBeCloseTo(terms.loss, 0);
  expect(terms.nll).toBeCloseTo(terms.reconstruction, 0);
  expect(terms.elbo - terms.nll).toBeCloseTo(terms.loss - terms.reconstruction, 1);
});

describe('fitScore() refuses, in words,', () => {
  it.each(['negative-elbo', 'reconstruction-probability'])(
    '%s of a model without a posterior',
    async (name) => {
      await expect(fitted(name, plain)).rejects.toThrow(
        `Cannot score by ${name}: found an encoder of 1 output, expected a posterior, mean and log-variance`,
      );
    },
  );

  it('a model without a likelihood of its values', async () => {
    const other = { ...variational };
    delete other.valueNll;
    await expect(fitted('negative-elbo', other)).rejects.toThrow('found a model without valueNll()');
  });

  it('distances of codes that are names, and a score that nobody knows', async () => {
    const categorical: Autoencoder = { ...plain, code: { kind: 'categorical', places: [2], classes: 4 } };
    for (const name of ['code-neighbours', 'code-mahalanobis'])
      await expect(fitted(name, categorical)).rejects.toThrow('found a categorical code');
    await expect(fitted('neighbours', plain)).rejects.toThrow(
      'Cannot score: found no score "neighbours", expected one of code-and-residual, code-mahalanobis',
    );
  });

  it('images of bytes are scored as value/255', async () => {
    const bytes = fromArray(
      Uint8Array.from({ length: 40 }, (_, i) => i * 6),
      { shape },
    );
    const floats = fromArray(
      Float32Array.from(bytes.values, (byte) => byte / 255),
      { shape },
    );
    const { scorer } = await fitted('reconstruction-error', plain);
    const [a, b] = [await scorer.score(bytes), await scorer.score(floats)];
    a.forEach((score, i) => expect(score).toBeCloseTo(b[i]!, 6));
  });
});
