import { fromArray, randomNumbers, select, slice, standardise, windows, type Examples } from '@ae/data';
import { ae, disposeModel, randomStream, vae } from '@ae/models';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import {
  compareDetectors,
  detectorFrom,
  fitDetector,
  partsOf,
  tableSetting,
  type Detector,
  type DetectorOptions,
  type DetectorState,
} from '../src/index.js';
import { aTable, joined } from './a-table.js';

const quick = { options: { hidden: [8], latentDim: 3 }, epochs: 15 };
const fitted = (normal: Examples, options: Partial<DetectorOptions> = {}) =>
  fitDetector(ae, normal, { random: randomStream(1), ...quick, ...options });

describe('fitDetector()', () => {
  const normal = aTable(500, 1);
  const before = tf.memory().numTensors;
  let detector: Detector;
  beforeAll(async () => {
    detector = await fitted(normal, { falseAlarms: 0.05 });
  });
  afterAll(() => {
    disposeModel(detector.model);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('finds what does not belong, says in which column, and leaves no tensor', async () => {
    const tensors = tf.memory().numTensors;
    const odd = aTable(50, 2, { away: 30 });
    const { score, isAnomaly, where } = await detector.examine(odd);
    expect(tf.memory().numTensors).toBe(tensors);
    expect([...isAnomaly]).toEqual(Array(50).fill(1));
    expect(Math.min(...score)).toBeGreaterThan(detector.threshold);
    expect(where).toHaveLength(200);
    const worst = [0, 1, 2, 3]
      .map((column) => where.filter((_, i) => i % 4 === column))
      .map((all) => all[0]!);
    expect(worst.indexOf(Math.max(...worst))).toBe(2);
  });

  it('gives false alarms at the rate that was asked for, and says how sure that is', async () => {
    const { basis } = detector;
    expect(basis).toMatchObject({ by: 'false-alarms', asked: 0.05, heldOut: 100, above: 4 });
    const { isAnomaly } = await detector.examine(aTable(2000, 3));
    const rate = isAnomaly.reduce((sum, each) => sum + each, 0) / 2000;
    if (basis.by !== 'false-alarms') throw basis;
    expect(rate).toBeGreaterThan(basis.low);
    expect(rate).toBeLessThan(basis.high);
  });

  it('holds out what it says: no example of both parts, none lost', () => {
    const { train, heldOut } = partsOf(normal, detector.split!);
    const first = ({ values }: Examples) => Array.from(values).filter((_, i) => i % 4 === 0);
    expect([...first(train), ...first(heldOut)].sort()).toEqual(first(normal).sort());
    expect(heldOut.count).toBe(100);
  });

  it('is the same again from JSON and the model, and for the same seed', async () => {
    const state = JSON.parse(JSON.stringify(detector)) as DetectorState;
    const [one, again] = [detector, detectorFrom(state, detector.model)];
    const other = aTable(20, 4);
    expect(await again.examine(other)).toEqual(await one.examine(other));
    const twin = await fitted(normal, { falseAlarms: 0.05 });
    expect(twin.toJSON()).toEqual(detector.toJSON());
    disposeModel(twin.model);
    expect(() => detectorFrom({ ...state, version: 2 as never }, detector.model)).toThrow(
      'found a state of version 2, expected 1',
    );
  });

  it('takes rows as they were, or scaled by itself, and no others', async () => {
    const other = aTable(20, 4);
    expect(await detector.score(detector.scaled(other))).toEqual(await detector.score(other));
    await expect(detector.score(standardise(other))).rejects.toThrow(
      'scaled otherwise than those of the fit',
    );
    await expect(detector.examine(fromArray([[1, 2]], { shape: [2] }))).rejects.toThrow(
      'Cannot examine: found rows of 2, expected 4 as in training',
    );
    const one = await detector.examine(select(other, [7]));
    expect(one.score[0]).toBeCloseTo((await detector.score(other))[7]!, 5);
  });

  it('refuses what it cannot tell: too few rows for the rate, two thresholds, a score of another model', async () => {
    await expect(fitted(normal, { falseAlarms: 0.001 })).rejects.toThrow(
      'found 500 normal rows, expected 1998 or more, half of them to tell 0.001 false alarms',
    );
    await expect(fitted(normal, { falseAlarms: 0.1, contamination: 0.1 })).rejects.toThrow(
      'found falseAlarms and contamination, expected one of them',
    );
    await expect(fitted(normal, { contamination: 2 })).rejects.toThrow('found contamination 2');
    await expect(fitted(normal, { trim: 1 })).rejects.toThrow('found trim 1, expected a share from 0');
    const tensors = tf.memory().numTensors;
    await expect(fitted(normal, { score: 'negative-elbo', epochs: 1 })).rejects.toThrow(
      'Cannot score by negative-elbo: found an encoder of 1 output',
    );
    expect(tf.memory().numTensors).toBe(tensors);
  });

  it('ends with the reason of its signal, without a tensor', async () => {
    const tensors = tf.memory().numTensors;
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(fitted(normal, { signal })).rejects.toThrow('enough');
    expect(tf.memory().numTensors).toBe(tensors);
  });

  it('takes a model that is trained already, whose examples it does not scale', async () => {
    const rows = standardise(aTable(300, 9));
    const own = await fitDetector(detector.model, rows, { falseAlarms: 0.1, random: randomStream(2) });
    expect(own.model).toBe(detector.model);
    expect(own.toJSON().scaling).toEqual(rows.scaling);
    await expect(fitDetector(detector.model, rows, { trim: 0.1, random: randomStream(2) })).rejects.toThrow(
      'found a trained model and options of a training',
    );
  });

  it('has no trouble with columns that never move', async () => {
    const still = fromArray(
      Array.from({ length: 60 }, (_, i) => [i % 7, 5, 0]),
      { shape: [3] },
    );
    for (const score of ['reconstruction-error', 'code-and-residual']) {
      const found = await fitted(still, { falseAlarms: 0.1, score, epochs: 3 });
      const { score: numbers } = await found.examine(slice(still, 0, 1));
      expect(Number.isFinite(numbers[0])).toBe(true);
      disposeModel(found.model);
    }
  });
});

it('the setting for tables finds rows off the sheet, also where they are among the normal ones', async () => {
  const mixed = joined(aTable(380, 7), aTable(20, 8, { away: 30 }));
  const random = randomStream(1);
  const detector = await fitDetector(ae, mixed, {
    ...tableSetting(4),
    contamination: 0.05,
    epochs: 20,
    random,
  });
  const [usual, odd] = [
    await detector.score(aTable(100, 9)),
    await detector.score(aTable(50, 10, { away: 30 })),
  ];
  expect(Math.min(...odd)).toBeGreaterThan(usual.toSorted()[95]!);
  disposeModel(detector.model);
});

describe('the threshold', () => {
  it('follows a contamination that is known, or labels', async () => {
    const [normal, odd] = [aTable(190, 5), aTable(10, 6, { away: 30 })];
    const mixed = joined(normal, odd);
    const share = await fitted(mixed, { contamination: 0.05 });
    expect(share.basis).toEqual({ by: 'contamination', asked: 0.05 });
    const isAnomaly = Uint8Array.from({ length: 200 }, (_, i) => Number(i >= 190));
    const known = await fitted(normal, { known: { examples: mixed, isAnomaly } });
    expect(known.basis).toEqual({ by: 'labels', f1: 1 });
    expect((await known.examine(mixed)).isAnomaly).toEqual(isAnomaly);
    [share, known].forEach(({ model }) => disposeModel(model));
  });
});

it('windows of a series: the last ones are held out, and the time step is named', async () => {
  const random = randomNumbers(3, 0);
  const series = Array.from({ length: 600 }, (_, t) => Math.sin(t / 5) + 0.05 * random.bell());
  const cut = windows(series, { length: 16, stride: 2 });
  const detector = await fitDetector(vae, cut, {
    ...{ falseAlarms: 0.05, score: 'reconstruction-probability', random: randomStream(1) },
    ...{ options: { hidden: [16], latentDim: 2 }, epochs: 60 },
  });
  expect(detector.split!.seed).toBeNull();
  const spike = slice(cut, 0, 1);
  const values = spike.values.slice();
  values[5] = 6;
  const { isAnomaly, where } = await detector.examine({ ...spike, values });
  expect([...isAnomaly]).toEqual([1]);
  expect(where.indexOf(Math.max(...where))).toBe(5);
  disposeModel(detector.model);
});

it('a trimmed refit is not drawn towards what contaminates its examples', async () => {
  const clump = aTable(40, 8, { away: 12 });
  const mixed = joined(aTable(360, 7), clump);
  const [plain, trimmed] = [
    await fitted(mixed, { epochs: 40 }),
    await fitted(mixed, { epochs: 40, trim: 0.1 }),
  ];
  const above = async (detector: Detector) => {
    const mean = (scores: Float64Array) => scores.reduce((a, b) => a + b, 0) / scores.length;
    return mean(await detector.score(clump)) / mean(await detector.score(aTable(200, 10)));
  };
  expect(await above(trimmed)).toBeGreaterThan(await above(plain));
  [plain, trimmed].forEach(({ model }) => disposeModel(model));
});

describe('compareDetectors()', () => {
  const asTest = (away: number) => ({
    test: joined(aTable(300, 11), aTable(100, 12, { away })),
    isAnomaly: Uint8Array.from({ length: 400 }, (_, i) => Number(i >= 300)),
  });

  it('judges the autoencoder beside each baseline, and says in words whether it was worth it', async () => {
    const normal = aTable(500, 1);
    const detector = await fitted(normal, { falseAlarms: 0.05 });
    const options = { normal, random: randomStream(4), ...asTest(1.5) };
    const { judged, verdict, text } = await compareDetectors(detector, options);
    expect(judged.map(({ name }) => name)).toEqual(['autoencoder', 'isolation-forest', 'mahalanobis', 'pca']);
    const [own, ...others] = judged;
    const best = Math.max(...others.map(({ auroc }) => auroc));
    for (const { behind, auroc } of others) expect(behind!.difference).toBeCloseTo(own!.auroc - auroc, 10);
    expect({ better: own!.auroc > best, worse: own!.auroc < best }[verdict as 'better'] ?? true).toBe(true);
    expect(text).toMatch(/^The autoencoder was (not )?worth it/);
    expect(own!.falseAlarms).toMatchObject({ asked: 0.05 });
    disposeModel(detector.model);
  });

  it('warns where it is a guess: a model that was never trained', async () => {
    const normal = aTable(500, 1);
    const detector = await fitted(normal, {
      falseAlarms: 0.05,
      epochs: 1,
      score: 'code-mahalanobis',
      options: { hidden: [2], latentDim: 1 },
    });
    const { verdict, text } = await compareDetectors(detector, {
      normal,
      random: randomStream(4),
      ...asTest(3),
    });
    expect(verdict).toBe('worse');
    expect(text).toContain('The autoencoder was not worth it, and does harm: an AUROC of');
    disposeModel(detector.model);
  });

  it('says where alarms come more often than they should', async () => {
    const normal = aTable(500, 1);
    const detector = await fitted(normal, { falseAlarms: 0.05 });
    const drifted = joined(aTable(300, 11, { away: 1 }), aTable(100, 12, { away: 30 }));
    const { text } = await compareDetectors(detector, {
      ...{ normal, test: drifted, isAnomaly: asTest(0).isAnomaly, random: randomStream(4) },
    });
    expect(text).toMatch(/gave an alarm, where 5 % was asked for/);
    disposeModel(detector.model);
  });

  it('needs labels of both kinds', async () => {
    const normal = aTable(100, 1);
    const detector = await fitted(normal, { falseAlarms: 0.1, epochs: 1 });
    const none = { normal, test: normal, isAnomaly: new Uint8Array(100), random: randomStream(4) };
    await expect(compareDetectors(detector, none)).rejects.toThrow('found 0 anomalies and 100 others');
    disposeModel(detector.model);
  });
});
