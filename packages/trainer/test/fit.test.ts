import { beforeAll, describe, expect, test } from '@jest/globals';
import { randomStream, type Autoencoder } from '@ae/models';
import fc from 'fast-check';
import * as tf from '@tensorflow/tfjs';

import type { Callback, Run } from '../src/callback.js';
import { decodeCheckpoint, encodeCheckpoint } from '../src/checkpoint-format.js';
import { evaluate, fit, type FitOptions, type TrainingState } from '../src/index.js';
import { toy, toyImages, toyOptions, useCpu, weightsHash } from './toy.js';

beforeAll(useCpu);

/** A fresh toy, trained; the same seed for weights and noise. */
async function train(options: Partial<FitOptions> = {}, seed = 1) {
  const random = randomStream(seed);
  const model = toy.build({}, random);
  const result = await fit(model, { ...toyOptions(random), ...options });
  return { model, random, ...result, hash: await weightsHash(model) };
}

describe('fit()', () => {
  test('lowers the loss, and says so in one row an epoch', async () => {
    const { history, stopReason } = await train({ epochs: 12, validation: toyImages({ count: 20 }) });
    expect(stopReason).toBe('finished');
    expect(history.map(({ epoch, step }) => [epoch, step])).toEqual(
      Array.from({ length: 12 }, (_, i) => [i + 1, 3 * (i + 1)]),
    );
    expect(history.at(-1)!['validation.loss']).toBeLessThan(history[0]!['validation.loss']! - 2);
    expect(Object.keys(history[0]!)).toEqual([
      ...[
        'epoch',
        'step',
        'seconds',
        'imagesPerSecond',
        'learningRate',
        'train.loss',
        'train.reconstruction',
      ],
      ...['train.kl', 'validation.loss', 'validation.reconstruction', 'validation.kl', 'validation.mse'],
    ]);
    const { seconds, imagesPerSecond, ...losses } = history[0]!;
    expect(seconds).toBeGreaterThan(0);
    expect(imagesPerSecond).toBeGreaterThan(0);
    expect(losses['train.loss']).toBeCloseTo(losses['train.reconstruction']! + losses['train.kl']!, 4);
  });

  test('gives the same weights, by SHA-256, for the same seed, and others for another', async () => {
    const [one, again, other] = [await train(), await train(), await train({}, 2)];
    expect(again.hash).toBe(one.hash);
    expect(other.hash).not.toBe(one.hash);
    expect(again.random.counter).toBe(one.random.counter);
  });

  test('does not let validation change what is trained', async () => {
    expect((await train({ validation: toyImages() })).hash).toBe((await train()).hash);
  });

  test('averages a term over images, so that a smaller last batch counts for less', async () => {
    const logs: { loss: number; images: number }[] = [];
    const { history } = await train({
      epochs: 1,
      callbacks: [
        {
          name: 'log',
          onStep: (_run, { batch, terms }) =>
            void logs.push({ loss: terms.loss!, images: batch < 3 ? 16 : 8 }),
        },
      ],
    });
    const mean = logs.reduce((sum, { loss, images }) => sum + loss * images, 0) / 40;
    expect(logs.length).toBe(3);
    expect(history[0]!['train.loss']).toBeCloseTo(mean, 10);
  });

  test('leaves as many tensors after 2,000 steps as there were before, and none grows in between', async () => {
    const random = randomStream(1);
    const model = toy.build({}, random);
    const before = tf.memory().numTensors;
    const counts = new Set<number>();
    await fit(model, {
      ...toyOptions(random),
      train: toyImages({ count: 400, batchSize: 4 }),
      epochs: 20,
      callbacks: [{ name: 'count', onPause: () => void counts.add(tf.memory().numTensors) }],
    });
    expect(counts.size).toBe(1);
    expect(tf.memory().numTensors).toBe(before);
    console.log(`2,000 steps: ${before} tensors before and after, ${[...counts]} at every pause`);
  });

  test('lets timers and signals have their turn at least every 50 ms or so', async () => {
    let last = performance.now();
    let longest = 0;
    const timer = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    await train({ epochs: 60 });
    clearInterval(timer);
    expect(longest).toBeLessThan(500);
  });

  test('stops after the step in progress when its signal is aborted', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 120);
    const { history, stopReason } = await train({ epochs: 100_000, signal: controller.signal });
    expect(stopReason).toBe('aborted');
    expect(history.length).toBeLessThan(100_000);
  });

  test('takes no step when its signal is aborted from the start', async () => {
    const untouched = await weightsHash(toy.build({}, randomStream(1)));
    const { hash, stopReason, history } = await train({ signal: AbortSignal.abort() });
    expect({ hash, stopReason, history }).toEqual({ hash: untouched, stopReason: 'aborted', history: [] });
  });

  test('keeps an optimiser per objective, and names the terms of the second one', async () => {
    const random = randomStream(1);
    const model = toy.build({}, random);
    const { elbo } = model.objectives;
    const doubled = { variables: elbo!.variables, loss: elbo!.loss };
    const two: Autoencoder = { ...model, objectives: { elbo: elbo!, again: doubled } };
    const { history } = await fit(two, { ...toyOptions(random), validation: toyImages() });
    expect(history[0]).toHaveProperty(['train.again.loss']);
    expect(history[0]).toHaveProperty(['validation.again.kl']);
    const once = await train();
    expect(await weightsHash(two)).not.toBe(once.hash);
  });

  test('tells every hook in order, with the row already in the history', async () => {
    const told: string[] = [];
    const note = (hook: string) => (run: Run) =>
      void told.push(`${hook} ${run.epoch}:${run.batch} ${run.history.length}`);
    await train({
      epochs: 2,
      callbacks: [
        {
          name: 'note',
          onStart: note('start'),
          beforeStep: note('before'),
          onStep: (run, { batch }) => void told.push(`step ${run.epoch}:${batch}`),
          beforeValidation: note('validate'),
          onEpoch: note('epoch'),
          onEnd: note('end'),
        },
      ],
    });
    const epoch = (n: number) => [
      ...[0, 1, 2].map((batch) => `before ${n}:${batch} ${n - 1}`),
      ...[1, 2, 3].map((batch) => `step ${n}:${batch}`),
      ...[`validate ${n}:3 ${n - 1}`, `epoch ${n}:3 ${n}`],
    ];
    expect(told.filter((line) => !line.startsWith('before') && !line.startsWith('step'))).toEqual([
      ...['start 1:0 0', 'validate 1:3 0', 'epoch 1:3 1', 'validate 2:3 1', 'epoch 2:3 2', 'end 3:0 2'],
    ]);
    expect(told.slice(1, -1).sort()).toEqual([...epoch(1), ...epoch(2)].sort());
  });

  test('frees everything and tells onEnd when a callback throws', async () => {
    const random = randomStream(1);
    const model = toy.build({}, random);
    const before = tf.memory().numTensors;
    let reason: string | undefined;
    const failing: Callback = {
      name: 'failing',
      onStep() {
        throw new Error('seen enough');
      },
      onEnd: (run) => void (reason = run.stopReason),
    };
    await expect(fit(model, { ...toyOptions(random), callbacks: [failing] })).rejects.toThrow('seen enough');
    expect(reason).toBe('failed');
    expect(tf.memory().numTensors).toBe(before);
  });

  test.each([
    [{ epochs: 0 }, /epochs is 0, expected a whole number from 1/],
    [{ train: toyImages({ count: 0 }) }, /found no training batch/],
    [{ callbacks: [{ name: 'a' }, { name: 'a' }] }, /two callbacks called "a"/],
  ])('refuses %j', async (options, message) => {
    await expect(train(options)).rejects.toThrow(message);
  });

  test.each([
    [() => ({ error: tf.scalar(1) }), /found error, expected one called loss/],
    [
      () => ({ loss: tf.scalar(1), parts: tf.ones([3]) }),
      /loss term "parts": found shape \[3\], expected a scalar/,
    ],
  ])('refuses loss terms that are none', async (loss, message) => {
    const random = randomStream(1);
    const model = toy.build({}, random);
    const objective = { ...model.objectives.elbo!, loss: loss as never };
    await expect(fit({ ...model, objectives: { objective } }, toyOptions(random))).rejects.toThrow(message);
  });
});

describe('fit() with resume', () => {
  /** Trains until `stopAt` steps are done, and gives the state then, through the bytes of a checkpoint. */
  async function interrupted(stopAt: number, optimizer: FitOptions['optimizer'], resume?: TrainingState) {
    let state: TrainingState | undefined;
    const stopper: Callback = {
      name: 'stopper',
      onStep: (run, { step }) => void (step >= stopAt && run.stop('enough')),
      async onPause(run) {
        if (run.stopReason) state = decodeCheckpoint(encodeCheckpoint(await run.state()));
      },
    };
    // Small pauses make a stop possible at every step.
    const result = await train({ epochs: 4, optimizer, callbacks: [stopper], ...(resume && { resume }) });
    return { ...result, state: state! };
  }

  test('goes on bit for bit from any step, with any optimiser (random stops, in and between epochs)', async () => {
    const names = ['adam', 'adamax', 'sgd', 'rmsprop'] as const;
    const whole = new Map<string, Awaited<ReturnType<typeof train>>>();
    for (const name of names)
      whole.set(name, await train({ epochs: 4, optimizer: { name, learningRate: 0.01 } }));
    let stops = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.array(fc.integer({ min: 1, max: 11 }), { maxLength: 3 }),
        async (name, at) => {
          const optimizer = { name, learningRate: 0.01 };
          let state: TrainingState | undefined;
          for (const stopAt of at.toSorted((a, b) => a - b)) {
            state = (await interrupted(stopAt, optimizer, state)).state;
            stops += 1;
          }
          const last = await train({ epochs: 4, optimizer, ...(state && { resume: state }) }, 1);
          expect(last.hash).toBe(whole.get(name)!.hash);
          expect(last.random.counter).toBe(whole.get(name)!.random.counter);
          expect(last.history.map(losses)).toEqual(whole.get(name)!.history.map(losses));
        },
      ),
      { numRuns: 16, seed: 7 },
    );
    console.log(
      `resumed after ${stops} stops at random steps, weights and losses bit for bit those of unbroken runs`,
    );
  });

  test('validates again where it was stopped in the middle of a validation', async () => {
    const validation = toyImages({ count: 2000, batchSize: 8 });
    const controller = new AbortController();
    let state: TrainingState | undefined;
    const stopper: Callback = {
      name: 'stopper',
      beforeValidation: (run) => void (run.epoch === 2 && controller.abort()),
      async onPause(run) {
        if (run.stopReason) state = decodeCheckpoint(encodeCheckpoint(await run.state()));
      },
    };
    const stopped = await train({ validation, callbacks: [stopper], signal: controller.signal });
    expect([stopped.stopReason, stopped.history.length]).toEqual(['aborted', 1]);
    expect([state!.epoch, state!.batch]).toEqual([2, 3]);
    const [resumed, whole] = [await train({ validation, resume: state! }), await train({ validation })];
    expect(resumed.hash).toBe(whole.hash);
    expect(resumed.history.map(losses)).toEqual(whole.history.map(losses));
  });

  test('trains further when more epochs are asked for, as if so many had been asked for at once', async () => {
    const { state } = await interrupted(12, { name: 'adam', learningRate: 0.01 });
    const optimizer = { name: 'adam', learningRate: 0.01 } as const;
    expect((await train({ epochs: 6, optimizer, resume: state })).hash).toBe(
      (await train({ epochs: 6, optimizer })).hash,
    );
  });

  test('has nothing left to do when all epochs are done', async () => {
    const first = await interrupted(12, { name: 'sgd', learningRate: 0.01 });
    const again = await train({
      epochs: 4,
      optimizer: { name: 'sgd', learningRate: 0.01 },
      resume: first.state,
    });
    expect(again).toMatchObject({ hash: first.hash, stopReason: 'finished' });
    expect(again.history.length).toBe(4);
  });

  test.each([
    [
      'another optimiser',
      { optimizer: { name: 'sgd', learningRate: 0.01 } },
      /made with optimizer .*adam.*, expected .*sgd/,
    ],
    [
      'another learning rate',
      { optimizer: { name: 'adam', learningRate: 0.1 } },
      /"learningRate":0.01.*expected.*0.1/,
    ],
    [
      'other images',
      { train: toyImages({ count: 41 }) },
      /training epoch {"length":3,"count":40}, expected {"length":3,"count":41}/,
    ],
    ['another seed', { random: randomStream(2) }, /seed 1, expected 2/],
  ] as const)('refuses %s', async (_what, options, message) => {
    const { state } = await interrupted(2, { name: 'adam', learningRate: 0.01 });
    const before = tf.memory().numTensors;
    const random = randomStream(1);
    const model = toy.build({}, random);
    const built = tf.memory().numTensors - before;
    await expect(fit(model, { ...toyOptions(random), ...options, resume: state })).rejects.toThrow(message);
    expect(tf.memory().numTensors).toBe(before + built);
  });

  test('refuses the state of a model with other objectives', async () => {
    const { state } = await interrupted(2, { name: 'adam', learningRate: 0.01 });
    const random = randomStream(1);
    const resume = { ...state, optimizers: { other: state.optimizers.elbo! } };
    await expect(fit(toy.build({}, random), { ...toyOptions(random), resume })).rejects.toThrow(
      'Cannot resume: the checkpoint was made with objectives ["other"], expected ["elbo"]',
    );
  });
});

describe('evaluate()', () => {
  test('measures with dropout off, the same every time, and leaves the stream where it was', async () => {
    const random = randomStream(1);
    const model = toy.build({}, random);
    const counter = random.counter;
    const first = await evaluate(model, toyImages(), { random });
    const again = await evaluate(model, toyImages(), { random });
    expect(again).toEqual(first);
    expect(random.counter).toBe(counter);
    expect(await evaluate(model, toyImages(), { random: randomStream(1, counter + 100) })).toEqual(first);
    const modes: boolean[] = [];
    const { elbo } = model.objectives;
    const spying: Autoencoder = {
      ...model,
      objectives: {
        elbo: {
          ...elbo!,
          loss(batch, stream, training) {
            modes.push(training);
            return elbo!.loss(batch, stream, training);
          },
        },
      },
    };
    await evaluate(spying, toyImages(), { random });
    await fit(spying, { ...toyOptions(random), epochs: 1 });
    expect(modes).toEqual([false, false, false, true, true, true]);
  });

  test('gives mse as the mean of (decode(encode(x)) - x)² over pixels and images', async () => {
    const random = randomStream(1);
    const model = toy.build({}, random);
    const [batch] = toyImages({ count: 40, batchSize: 40 }).epoch(1);
    const pixels = Float32Array.from(batch!.values, (byte) => byte / 255);
    const decoded = tf.tidy(() => model.decode(model.encode(tf.tensor4d(pixels, [40, 4, 4, 1]))).dataSync());
    const mse = pixels.reduce((sum, value, i) => sum + (value - decoded[i]!) ** 2, 0) / pixels.length;
    expect((await evaluate(model, toyImages(), { random })).mse).toBeCloseTo(mse, 6);
  });

  test('does not depend on how the images are split into batches, but for the noise', async () => {
    const random = randomStream(1);
    const model = toy.build({}, random);
    const small = await evaluate(model, toyImages({ batchSize: 7 }), { random });
    const large = await evaluate(model, toyImages({ batchSize: 40 }), { random });
    expect(small.kl).toBeCloseTo(large.kl!, 5);
    expect(small.mse).toBeCloseTo(large.mse!, 6);
  });
});

const losses = (row: Record<string, number>) =>
  Object.fromEntries(
    Object.entries(row).filter(([column]) => !['seconds', 'imagesPerSecond'].includes(column)),
  );
