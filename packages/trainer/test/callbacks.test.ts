import { beforeAll, describe, expect, test } from '@jest/globals';
import { namedWeights, randomStream, type AnnealSpec, type BestSpec, type Objective } from '@ae/models';
import * as tf from '@tensorflow/tfjs';

import type { Callback } from '../src/callback.js';
import type { HistoryRow } from '../src/history.js';
import {
  anneal,
  describeProgress,
  earlyStopping,
  fit,
  keepBest,
  NonFiniteError,
  progress,
  stopOnNonFinite,
  type FitOptions,
  type Progress,
  type TrainingState,
} from '../src/index.js';
import { feed, handRun, row } from './hand-run.js';
import { toy, toyImages, toyOptions, useCpu, weightsHash } from './toy.js';

beforeAll(useCpu);

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

describe('anneal()', () => {
  const scalarOf = (value: number) => tf.tidy(() => tf.variable(tf.scalar(value), false));
  const following = async (course: AnnealSpec) => {
    const variable = scalarOf(7);
    const callback = anneal({ temperature: course });
    await callback.onStart!(handRun({ model: { annealed: { temperature: variable } } as never }));
    const now = () => variable.dataSync()[0];
    const at = (step: number) => {
      callback.beforeStep!(handRun({ step }));
      return now();
    };
    return { callback, at, now };
  };

  test.each<[AnnealSpec, number[]]>([
    [{ from: 0, to: 4, over: 2 }, [0, 1, 2, 4, 4]],
    [{ from: 2, to: 0, over: 2, by: 'linear' }, [2, 1.5, 1, 0, 0]],
    [{ from: 0, to: 4, over: 2, by: 'cosine' }, [0, 2 * (1 - Math.SQRT1_2), 2, 4, 4]],
    [{ from: 1, to: 1 / 16, over: 2, by: 'exponential' }, [1, 1 / 2, 1 / 4, 1 / 16, 1 / 16]],
    [{ from: -1, to: -16, over: 2, by: 'exponential' }, [-1, -2, -4, -16, -16]],
    [{ from: 0, to: 1, over: 0.5 }, [0, 1, 1, 1, 1]],
  ])('follows %j, at 0, 5, 10, 20 and 300 steps of ten an epoch', async (course, expected) => {
    const { at } = await following(course);
    [0, 5, 10, 20, 300].forEach((step, i) => expect(at(step)).toBeCloseTo(expected[i]!, 6));
  });

  test('shows validation the end value, goes on from where the step is, and ends at the end value', async () => {
    const { callback, at, now } = await following({ from: 0, to: 4, over: 2 });
    at(10);
    await callback.beforeValidation!(handRun());
    expect(now()).toBe(4);
    expect(at(11)).toBeCloseTo(2.2, 6);
    await callback.onEnd!(handRun());
    expect(now()).toBe(4);
  });

  test('puts the end value in place even where a run is resumed after it', async () => {
    const { at } = await following({ from: 0, to: 4, over: 2 });
    expect(at(50)).toBe(4);
  });

  test.each<[object, string]>([
    [{ from: 0, to: 1, over: 0 }, 'over is 0, expected a number of epochs above 0'],
    [{ from: 0, to: 1, over: -1 }, 'over is -1'],
    [{ from: 0, to: 1 }, 'over is undefined'],
    [{ from: NaN, to: 1, over: 1 }, 'from is NaN, expected a finite number'],
    [{ to: 1, over: 1 }, 'from is undefined'],
    [{ from: 0, to: 1, over: 1, by: 'magic' }, 'by is "magic", expected linear, cosine or exponential'],
    [{ from: 0, to: 1, over: 1, by: 'exponential' }, 'from 0 to 1 is no exponential course'],
    [{ from: -1, to: 1, over: 1, by: 'exponential' }, 'from -1 to 1 is no exponential course'],
  ])('refuses %j', (course, message) => {
    expect(() => anneal({ kl: course as AnnealSpec })).toThrow(
      'by' in course && course.by === 'magic' ? TypeError : RangeError,
    );
    expect(() => anneal({ kl: course as AnnealSpec })).toThrow(`Cannot anneal "kl": ${message}`);
  });

  test('refuses a name that the model has not, naming those it has', async () => {
    const random = randomStream(1);
    const model = toy.build({}, random);
    const callbacks = [anneal({ beta: { from: 0, to: 1, over: 1 } })];
    await expect(fit(model, { ...toyOptions(random), callbacks })).rejects.toThrow(
      new TypeError('Cannot anneal "beta": the model has no such scalar, expected one of its annealed: kl'),
    );
  });

  test('holds the KL term of a trained model weaker at first, and validation sees it in full', async () => {
    const random = randomStream(1);
    const model = toy.build({}, random);
    const callbacks = [anneal({ kl: { from: 0, to: 1, over: 2 } })];
    const { history } = await fit(model, { ...toyOptions(random), callbacks, validation: toyImages() });
    const weightOf = (row: HistoryRow, part: string) =>
      (row[`${part}.loss`]! - row[`${part}.reconstruction`]!) / row[`${part}.kl`]!;
    expect(weightOf(history[0]!, 'train')).toBeLessThan(0.5);
    expect(weightOf(history[2]!, 'train')).toBeCloseTo(1, 4);
    expect(weightOf(history[0]!, 'validation')).toBeCloseTo(1, 4);
  });

  test('ends at the same weights when the run is stopped in mid-course and goes on', async () => {
    const course = { kl: { from: 0, to: 2, over: 2, by: 'cosine' } } as const;
    const whole = await trained({ callbacks: [anneal(course)] });
    const paused: TrainingState[] = [];
    const pause: Callback = {
      name: 'pause',
      beforeStep: (run) => void (run.step === 3 && run.stop('paused')), // when the fourth step is done
      async onPause(run) {
        paused.push(await run.state());
      },
    };
    await trained({ callbacks: [anneal(course), pause] });
    const state = paused.at(-1)!;
    expect(state.step).toBe(4);
    const resumed = await trained({ callbacks: [anneal(course)], resume: state });
    expect(await weightsHash(resumed)).toBe(await weightsHash(whole));
  });
});

async function trained(options: Partial<FitOptions>) {
  const random = randomStream(1);
  const model = toy.build({}, random);
  await fit(model, { ...toyOptions(random), ...options });
  return model;
}

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
  test.each<[BestSpec, number]>([
    [{ column: 'score' }, 2],
    [{ column: 'score', highest: true }, 1],
    ['last', 3],
  ])(
    'puts back the weights of the best epoch when the run ends: by %j that of epoch %d',
    async (best, epoch) => {
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
      await fit(model, { ...toyOptions(random), callbacks: [scoring, keepBest(best)] });
      expect(new Set(hashes).size).toBe(3);
      expect(await weightsHash(model)).toBe(hashes[epoch - 1]);
    },
  );
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
  test('says once that its default looks at one of several objectives, and nothing where it was told', async () => {
    const noticesOf = async (callbacks: Callback[]) => {
      const random = randomStream(1);
      const model = toy.build({}, random);
      const { elbo } = model.objectives as { elbo: Objective };
      const notices: string[] = [];
      await fit(
        { ...model, objectives: { elbo, again: elbo } },
        {
          ...{ ...toyOptions(random), validation: toyImages(), callbacks },
          onNotice: (text) => notices.push(text),
        },
      );
      return notices;
    };
    expect(await noticesOf([keepBest()])).toEqual([
      expect.stringContaining('lowest validation.loss, which is the loss of "elbo" alone'),
    ]);
    expect(await noticesOf([keepBest({ column: 'validation.again.loss' })])).toEqual([]);
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
