import { beforeAll, describe, expect, test } from '@jest/globals';
import { namedWeights, randomStream } from '@ae/models';
import * as tf from '@tensorflow/tfjs';

import type { Callback, HistoryRow, Run } from '../src/callback.js';
import {
  cosineSchedule,
  describeProgress,
  earlyStopping,
  fit,
  keepBest,
  klWarmUp,
  NonFiniteError,
  progress,
  reduceOnPlateau,
  stepSchedule,
  stopOnNonFinite,
  type Progress,
} from '../src/index.js';
import { toy, toyImages, toyOptions, useCpu, weightsHash } from './toy.js';

beforeAll(useCpu);

/** A run of ten batches an epoch that only holds numbers. */
const handRun = (numbers: Partial<Run> = {}): Run & { stopped: string[] } => {
  const stopped: string[] = [];
  const run = {
    epochs: 10,
    batchesPerEpoch: 10,
    imagesPerEpoch: 100,
    epoch: 1,
    batch: 0,
    step: 0,
    seconds: 0,
  };
  const rest = { means: {}, history: [], initialLearningRate: 0.1, learningRate: 0.1, stopReason: undefined };
  return { ...run, ...rest, stop: (why: string) => void stopped.push(why), stopped, ...numbers } as never;
};

const row = (epoch: number, loss: number): HistoryRow => ({
  ...{ epoch, step: 10 * epoch, seconds: epoch, imagesPerSecond: 100, learningRate: 0.1 },
  ...{ 'train.loss': loss, 'validation.loss': loss },
});

/** Feeds validation losses, and tells after how many the run was stopped, and the learning rates. */
async function feed(callback: Callback, losses: number[]) {
  const run = handRun();
  const rates: number[] = [];
  for (const [i, loss] of losses.entries()) {
    await callback.onEpoch!(run, row(i + 1, loss));
    rates.push(run.learningRate);
    if (run.stopped.length > 0) return { stoppedAfter: i + 1, why: run.stopped[0], rates };
  }
  return { stoppedAfter: undefined, why: undefined, rates };
}

describe('earlyStopping()', () => {
  test('stops after `patience` epochs without a fall', async () => {
    expect(await feed(earlyStopping({ patience: 2 }), [5, 4, 4, 4, 3])).toMatchObject({
      stoppedAfter: 4,
      why: 'validation.loss has not fallen below 4 for 2 epochs',
    });
  });
  test('starts to wait anew after a fall', async () => {
    expect((await feed(earlyStopping({ patience: 2 }), [5, 6, 4, 6, 3, 6, 2])).stoppedAfter).toBeUndefined();
  });
  test('does not count a fall of less than minDelta', async () => {
    expect((await feed(earlyStopping({ patience: 2, minDelta: 0.5 }), [5, 4.9, 4.8, 4.7])).stoppedAfter).toBe(
      3,
    );
  });
  test('counts NaN as no fall', async () => {
    expect((await feed(earlyStopping({ patience: 2 }), [5, NaN, NaN])).stoppedAfter).toBe(3);
  });
  test('goes on from its state', async () => {
    const first = earlyStopping({ patience: 3 });
    await feed(first, [5, 6]);
    const second = earlyStopping({ patience: 3 });
    second.restore!(first.state!());
    expect((await feed(second, [6, 6])).stoppedAfter).toBe(2);
  });
  test('stops a resumed run that had waited long enough before any step', async () => {
    const first = earlyStopping({ patience: 1 });
    await feed(first, [5, 6]);
    const second = earlyStopping({ patience: 1 });
    second.restore!(first.state!());
    const run = handRun();
    await second.onStart!(run);
    expect(run.stopped).toEqual(['validation.loss has not fallen below 5 for 1 epochs']);
  });
  test('names the columns where its own is missing', () => {
    expect(() => earlyStopping({ column: 'validation.los' }).onEpoch!(handRun(), row(1, 1))).toThrow(
      /Cannot use earlyStopping: found no column "validation.los", expected one of epoch, .*validation.loss/,
    );
  });
});

describe('reduceOnPlateau()', () => {
  test('multiplies the learning rate after `patience` epochs without a fall, and waits again', async () => {
    const { rates } = await feed(reduceOnPlateau({ factor: 0.5, patience: 2 }), [5, 5, 5, 5, 5, 4, 4]);
    expect(rates).toEqual([0.1, 0.1, 0.05, 0.05, 0.025, 0.025, 0.025]);
  });
  test('does not go below minLearningRate', async () => {
    const { rates } = await feed(reduceOnPlateau({ patience: 1, minLearningRate: 0.02 }), [5, 5, 5]);
    expect(rates).toEqual([0.1, 0.02, 0.02]);
  });
  test('goes on from its state', async () => {
    const first = reduceOnPlateau({ patience: 3, factor: 0.5 });
    await feed(first, [5, 5, 5]);
    const second = reduceOnPlateau({ patience: 3, factor: 0.5 });
    second.restore!(first.state!());
    expect((await feed(second, [5])).rates).toEqual([0.05]);
  });
  test('refuses a factor that does not reduce', () => {
    expect(() => reduceOnPlateau({ factor: 1 })).toThrow('factor is 1, expected above 0 and below 1');
  });
});

/** The learning rate that a schedule sets before the step after `step` steps. */
function rateAt(schedule: Callback, step: number): number {
  const run = handRun({ step, epoch: Math.floor(step / 10) + 1, batch: step % 10 });
  schedule.beforeStep!(run);
  return run.learningRate;
}

describe('cosineSchedule()', () => {
  test('goes from the given rate through its half to zero', () => {
    const rates = [0, 25, 50, 75, 100].map((step) => rateAt(cosineSchedule(), step));
    const exact = [0.1, 0.05 * (1 + Math.SQRT1_2), 0.05, 0.05 * (1 - Math.SQRT1_2), 0];
    rates.forEach((rate, i) => expect(rate).toBeCloseTo(exact[i]!, 12));
  });
  test('ends at `final` times the given rate', () => {
    expect(rateAt(cosineSchedule({ final: 0.1 }), 100)).toBeCloseTo(0.01, 12);
    expect(() => cosineSchedule({ final: 2 })).toThrow('final is 2, expected from 0 to 1');
  });
});

test('stepSchedule() multiplies the rate by `factor` every `every` epochs', () => {
  const rates = [0, 19, 20, 39, 40].map((step) => rateAt(stepSchedule({ every: 2, factor: 0.5 }), step));
  expect(rates).toEqual([0.1, 0.1, 0.05, 0.05, 0.025]);
  expect(() => stepSchedule({ every: 0, factor: 0.5 })).toThrow('every is 0 and factor 0.5');
});

describe('klWarmUp()', () => {
  const kl = () => tf.tidy(() => tf.variable(tf.scalar(4), false));
  const modelWith = (variable: tf.Variable) =>
    ({ objectives: { elbo: { termWeights: { kl: variable } } } }) as never;

  test('raises the weight from 0 to its full value in equal parts, and shows it in full to validation', async () => {
    const variable = kl();
    const callback = klWarmUp({ epochs: 2 });
    await callback.onStart!(handRun({ model: modelWith(variable) }));
    const at = (step: number) => {
      callback.beforeStep!(handRun({ step }));
      return variable.dataSync()[0];
    };
    expect([0, 5, 10, 20, 300].map(at)).toEqual([0, 1, 2, 4, 4]);
    at(10);
    await callback.beforeValidation!(handRun());
    expect(variable.dataSync()[0]).toBe(4);
    expect(at(11)).toBeCloseTo(2.2, 6);
    await callback.onEnd!(handRun());
    expect(variable.dataSync()[0]).toBe(4);
    variable.dispose();
  });
  test('refuses a model without a KL term', async () => {
    const run = handRun({ model: { objectives: { reconstruction: {} } } as never });
    await expect(klWarmUp({ epochs: 1 }).onStart!(run)).rejects.toThrow('no objective has termWeights.kl');
    expect(() => klWarmUp({ epochs: 0 })).toThrow('epochs is 0, expected a number above 0');
  });
  test('holds the KL term of a trained model weaker at first', async () => {
    const random = randomStream(1);
    const model = toy.build({}, random);
    const callbacks = [klWarmUp({ epochs: 2 })];
    const { history } = await fit(model, { ...toyOptions(random), callbacks, validation: toyImages() });
    const weightOf = (row: HistoryRow, part: string) =>
      (row[`${part}.loss`]! - row[`${part}.reconstruction`]!) / row[`${part}.kl`]!;
    expect(weightOf(history[0]!, 'train')).toBeLessThan(0.5);
    expect(weightOf(history[2]!, 'train')).toBeCloseTo(1, 4);
    expect(weightOf(history[0]!, 'validation')).toBeCloseTo(1, 4);
  });
});

describe('stopOnNonFinite()', () => {
  test.each([NaN, Infinity, -Infinity])('names the step, the term and the value where one is %p', (value) => {
    const hit = () =>
      stopOnNonFinite().onStep!(handRun(), { epoch: 2, batch: 3, step: 13, terms: { loss: 1, kl: value } });
    expect(hit).toThrow(NonFiniteError);
    expect(hit).toThrow(
      `Cannot go on training: kl is ${value} at step 13 (epoch 2), expected a finite number`,
    );
  });
  test('looks at validation too', () => {
    expect(() => stopOnNonFinite().onEpoch!(handRun(), row(1, NaN))).toThrow(/train.loss is NaN at step 10/);
  });
  test('ends a run that a learning rate without bounds has blown up', async () => {
    const random = randomStream(1);
    const model = toy.build({}, random);
    const before = tf.memory().numTensors;
    const options = { ...toyOptions(random), epochs: 50, callbacks: [stopOnNonFinite()] };
    const blownUp = fit(model, { ...options, optimizer: { name: 'sgd', learningRate: 1e12 } });
    await expect(blownUp).rejects.toMatchObject({ name: 'NonFiniteError', epoch: 1 });
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('keepBest()', () => {
  test('puts back the weights of the best epoch when the run ends', async () => {
    const random = randomStream(1);
    const model = toy.build({}, random);
    const hashes: string[] = [];
    const scores = [3, 1, 2];
    const scoring: Callback = {
      name: 'score',
      async onEpoch(_run, row) {
        row['score'] = scores[row.epoch - 1]!;
        hashes.push(await weightsHash(model));
      },
    };
    await fit(model, { ...toyOptions(random), callbacks: [scoring, keepBest({ column: 'score' })] });
    expect(new Set(hashes).size).toBe(3);
    expect(await weightsHash(model)).toBe(hashes[1]);
  });
  test('goes on from its state, weights included', async () => {
    const model = toy.build({}, randomStream(1));
    const best = await weightsHash(model);
    const first = keepBest();
    await first.onEpoch!(handRun({ model }), row(1, 1));
    const second = keepBest();
    second.restore!(first.state!());
    for (const variable of Object.values(namedWeights(model)))
      tf.tidy(() => variable.assign(tf.onesLike(variable)));
    await second.onEpoch!(handRun({ model }), row(2, 2));
    await second.onEnd!(handRun({ model }));
    expect(await weightsHash(model)).toBe(best);
  });
});

describe('progress()', () => {
  test('reports speed, what is left, and the row at an epoch’s end', () => {
    const seen: Progress[] = [];
    const callback = progress((next) => seen.push(next));
    callback.onStart!(handRun());
    callback.onPause!(handRun({ epoch: 1, batch: 5, step: 5, seconds: 2, means: { loss: 7 } }));
    callback.onEpoch!(handRun({ epoch: 1, batch: 10, step: 10, seconds: 4 }), row(1, 6));
    expect(seen[0]).toEqual({
      ...{ epoch: 1, epochs: 10, batch: 5, batches: 10, terms: { loss: 7 } },
      ...{ imagesPerSecond: 25, secondsLeft: 38 },
    });
    expect(seen[1]).toMatchObject({ batch: 10, row: row(1, 6) });
  });
  test('counts the speed from where the run was resumed', () => {
    const seen: Progress[] = [];
    const callback = progress((next) => seen.push(next));
    callback.onStart!(handRun({ step: 50, seconds: 1000 }));
    callback.onPause!(handRun({ epoch: 6, batch: 5, step: 55, seconds: 1001 }));
    expect(seen[0]).toMatchObject({ imagesPerSecond: 50, secondsLeft: 9 });
  });
  test('says it in one line', () => {
    const at = { epoch: 3, epochs: 10, batch: 5, batches: 10, terms: { loss: 152.0712, kl: 5.2 } };
    expect(describeProgress({ ...at, imagesPerSecond: 8400.4, secondsLeft: 3 })).toBe(
      'epoch 3/10, batch 5/10 · loss 152.07 · kl 5.2000 · 8,400 images/s',
    );
    expect(describeProgress({ ...at, imagesPerSecond: 1, secondsLeft: 3, row: row(3, 6) })).toBe(
      'epoch 3/10 · train.loss 6.0000 · validation.loss 6.0000 · 100 images/s',
    );
  });
});
