import { setTimeout as sleep } from 'node:timers/promises';

import { beforeAll, describe, expect, test } from '@jest/globals';
import { randomStream } from '@ae/models';
import * as tf from '@tensorflow/tfjs';

import {
  decodeCheckpoint,
  encodeCheckpoint,
  evaluate,
  fit,
  type BatchSource,
  type Callback,
  type FitOptions,
  type TrainingState,
} from '../src/index.js';
import { toy, toyImages, toyOptions, useCpu, weightsHash } from './toy.js';

beforeAll(useCpu);

/** The toy's images as if they came from a disk, with what became of every iterator. */
function fromDisk({ count = 40, batchSize = 16, failAt = Infinity, milliseconds = 0 } = {}) {
  const images = toyImages({ count, batchSize });
  const log = { read: 0, opened: 0, closed: 0 };
  const source: BatchSource = {
    ...images,
    async *epoch(n, fromBatch = 0) {
      log.opened += 1;
      try {
        for (const batch of images.epoch(n, fromBatch)) {
          log.read += 1;
          await sleep(milliseconds);
          if (log.read > failAt) throw new Error('the disk is gone');
          yield batch;
        }
      } finally {
        log.closed += 1;
      }
    },
  };
  return { source, log };
}

async function train(options: Partial<FitOptions> = {}) {
  const random = randomStream(1);
  const model = toy.build({}, random);
  const tensors = tf.memory().numTensors;
  const { history, stopReason } = await fit(model, { ...toyOptions(random), ...options });
  expect(tf.memory().numTensors).toBe(tensors);
  const losses = history.map(({ seconds: _, imagesPerSecond: __, ...row }) => row);
  return { hash: await weightsHash(model), losses, stopReason };
}

describe('a source that is asynchronous', () => {
  test('gives the bits of one that lies in memory, in training and in validation', async () => {
    const [train1, validation] = [fromDisk(), fromDisk({ count: 20 })];
    expect(await train({ train: train1.source, validation: validation.source })).toEqual(
      await train({ validation: toyImages({ count: 20 }) }),
    );
    expect([train1.log, validation.log]).toEqual([
      { read: 9, opened: 3, closed: 3 },
      { read: 6, opened: 3, closed: 3 },
    ]);
    const random = randomStream(1);
    const model = toy.build({}, random);
    expect(await evaluate(model, fromDisk().source, { random })).toEqual(
      await evaluate(model, toyImages(), { random }),
    );
  });

  test('goes on bit for bit from the batch at which it was stopped, and its iterator is closed', async () => {
    for (const stopAt of [1, 2, 3, 5]) {
      const { source, log } = fromDisk();
      let state: TrainingState | undefined;
      const pause: Callback = {
        name: 'pause',
        beforeStep: (run) => void (run.step === stopAt - 1 && run.stop('paused')),
        async onPause(run) {
          if (run.stopReason) state = decodeCheckpoint(encodeCheckpoint(await run.state()));
        },
      };
      await train({ train: source, callbacks: [pause] });
      expect(state!.step).toBe(stopAt);
      expect(log.closed).toBe(log.opened);
      const resumed = await train({ train: fromDisk().source, resume: state! });
      expect(resumed).toEqual(await train());
    }
  });

  test('is read one batch ahead and no further, be it faster or slower than the training', async () => {
    const { source, log } = fromDisk({ count: 160, batchSize: 4 });
    const ahead = new Set<number>();
    const count: Callback = {
      name: 'count',
      async onPause() {
        await sleep(2); // a reader without bounds would run away
      },
      onStep: (_run, { step }) => void ahead.add(log.read - step),
    };
    await train({ train: source, epochs: 1, callbacks: [count] });
    expect(Math.max(...ahead)).toBeLessThanOrEqual(17); // of 16 steps whose numbers are read at once, and one ahead
    const at: number[] = [];
    const before: Callback = {
      name: 'before',
      beforeStep: (run) => void at.push(log.read - 40 - run.step),
    };
    await train({ train: source, epochs: 1, callbacks: [before] });
    expect(new Set(at.slice(0, -1))).toEqual(new Set([2])); // the one to train on, and the next
  });

  test('that fails in mid-epoch ends the run with its error, once the batches before it are trained on', async () => {
    const { source, log } = fromDisk({ failAt: 5 });
    const random = randomStream(1);
    const model = toy.build({}, random);
    const tensors = tf.memory().numTensors;
    const steps: number[] = [];
    const note: Callback = { name: 'note', beforeStep: (run) => void steps.push(run.step) };
    await expect(fit(model, { ...toyOptions(random), train: source, callbacks: [note] })).rejects.toThrow(
      'the disk is gone',
    );
    expect(steps).toEqual([0, 1, 2, 3, 4]);
    expect(log.closed).toBe(log.opened);
    expect(tf.memory().numTensors).toBe(tensors);
  });

  test('is closed where a callback fails, whose error is told, not that of the closing', async () => {
    const { source } = fromDisk();
    const closed: string[] = [];
    const grudging: BatchSource = {
      ...source,
      epoch: (n) => {
        const batches = (source.epoch(n) as AsyncIterable<never>)[Symbol.asyncIterator]();
        return {
          [Symbol.asyncIterator]: () => ({
            next: () => batches.next(),
            return: () => {
              closed.push('closed');
              return Promise.reject(new Error('cannot close'));
            },
          }),
        };
      },
    };
    const failing: Callback = {
      name: 'failing',
      beforeStep(run) {
        if (run.step === 1) throw new Error('seen enough');
      },
    };
    await expect(train({ train: grudging, callbacks: [failing] })).rejects.toThrow('seen enough');
    expect(closed).toEqual(['closed']);
  });

  test('is left at the next batch when the signal is aborted, however slowly it comes', async () => {
    const { source, log } = fromDisk({ count: 4000, batchSize: 16, milliseconds: 30 });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 150);
    expect((await train({ train: source, signal: controller.signal })).stopReason).toBe('aborted');
    expect(log.read).toBeLessThan(40);
    expect(log.closed).toBe(1);
  });
});
