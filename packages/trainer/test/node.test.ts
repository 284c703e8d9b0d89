import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  decodeSafetensors,
  disposeModel,
  loadModel,
  loadWeights,
  namedWeights,
  randomStream,
  type Autoencoder,
} from '@ae/models';
import * as tf from '@tensorflow/tfjs';

import type { Callback } from '../src/callback.js';
import { encodeCheckpoint, fit, type FitOptions, type TrainingState } from '../src/index.js';
import {
  checkpoint,
  csvHistory,
  DiskError,
  jsonHistory,
  readCheckpoint,
  readHistory,
  saveBest,
} from '../src/node.js';
import { historyLine } from '../src/node/history-file.js';
import { toy, toyImages, toyOptions, useCpu, weightsHash } from './toy.js';

const home = mkdtempSync(join(tmpdir(), 'ae-trainer-'));
let folder: string;
beforeAll(useCpu);
beforeEach(() => {
  folder = mkdtempSync(join(home, 'run-'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

async function train(callbacks: Callback[], options: Partial<FitOptions> = {}) {
  const random = randomStream(1);
  const model = toy.build({}, random);
  const result = await fit(model, { ...toyOptions(random), validation: toyImages(), callbacks, ...options });
  return { ...result, model, hash: await weightsHash(model) };
}

describe('checkpoint()', () => {
  test('leaves one safetensors file with weights, optimiser, random state and history', async () => {
    const { history } = await train([checkpoint({ folder })]);
    expect(readdirSync(folder)).toEqual(['checkpoint.previous.safetensors', 'checkpoint.safetensors']);
    const { tensors, metadata } = decodeSafetensors(readFileSync(join(folder, 'checkpoint.safetensors')));
    expect(metadata.format).toBe('ae-checkpoint-1');
    expect(tensors['weights/encoder/mean/kernel']!.shape).toEqual([8, 2]);
    expect(tensors['optimizers/elbo/slots/encoder/mean/kernel/moment2']!.shape).toEqual([8, 2]);
    const { state } = await readCheckpoint(folder);
    expect(state).toMatchObject({ epoch: 4, batch: 0, step: 9, history, random: { seed: 1 } });
  });

  test('is there from the first moment on, before any step', async () => {
    const steps: number[] = [];
    const look: Callback = {
      name: 'look',
      async beforeStep() {},
      onStep: (_run, { step }) =>
        void (step === 1 && steps.push(Number(existsSync(join(folder, 'checkpoint.safetensors'))))),
    };
    await train([checkpoint({ folder }), look]);
    expect(steps).toEqual([1]);
  });

  test('saves at most every so many seconds within an epoch', async () => {
    let saves = 0;
    const counting = checkpoint({ folder, everySeconds: 1000 });
    const count: Callback = {
      name: 'checkpoint',
      async onPause(run) {
        const before = statTime();
        await counting.onPause!(run);
        saves += Number(statTime() !== before);
      },
    };
    const statTime = () => (existsSync(join(folder, 'checkpoint.safetensors')) ? inode(folder) : 0);
    await train([count]);
    expect(saves).toBe(4); // the start and three epochs; the end has nothing new
  });

  test('does not replace a good checkpoint with weights that are not finite', async () => {
    const spoil: Callback = {
      name: 'spoil',
      onEpoch({ model }, { epoch }) {
        const [first] = Object.values(namedWeights(model));
        if (epoch === 2) tf.tidy(() => first!.assign(tf.fill(first!.shape, NaN)));
      },
    };
    await train([spoil, checkpoint({ folder, everySeconds: 0 })]);
    expect((await readCheckpoint(folder)).state.step).toBeLessThanOrEqual(6);
    expect((await readCheckpoint(folder)).state.epoch).toBe(2);
  });

  test('keeps numbers that JSON has no words for', async () => {
    const infinite: Callback = {
      name: 'infinite',
      state: () => ({ values: { best: Infinity, worst: -Infinity, none: NaN } }),
    };
    await train([infinite, checkpoint({ folder })]);
    expect((await readCheckpoint(folder)).state.callbacks.infinite).toEqual({
      values: { best: Infinity, worst: -Infinity, none: NaN },
    });
  });
});

describe('readCheckpoint()', () => {
  test('says what to do where there is none', async () => {
    await expect(readCheckpoint(folder)).rejects.toThrow(DiskError);
    await expect(readCheckpoint(folder)).rejects.toThrow(
      /Cannot resume from .*checkpoint.safetensors: found nothing there/,
    );
  });

  const last = () => join(folder, 'checkpoint.safetensors');
  const previous = () => join(folder, 'checkpoint.previous.safetensors');
  const damages: [string, (bytes: Buffer) => Uint8Array][] = [
    ['cut off', (bytes) => bytes.subarray(0, bytes.length - 1)],
    ['empty', () => new Uint8Array(0)],
    ['of another kind', () => readFileSync(join(folder, 'best.safetensors'))],
  ];

  test.each(damages)(
    'goes on from the checkpoint before one that is %s, and says so',
    async (_what, damage) => {
      const whole = await train([checkpoint({ folder }), saveBest({ folder })]);
      writeFileSync(last(), damage(readFileSync(last())));
      const { state, notice } = await readCheckpoint(folder);
      expect(state.epoch).toBe(3);
      expect(notice).toMatch(
        /^The last checkpoint is not used: .* goes on from the checkpoint before it, at step 6$/,
      );
      expect((await train([checkpoint({ folder })], { resume: state })).hash).toBe(whole.hash);
    },
  );

  test('goes on from the one before where a kill between two names left no last one', async () => {
    await train([checkpoint({ folder })]);
    rmSync(last());
    expect((await readCheckpoint(folder)).notice).toMatch(/there is no checkpoint.safetensors/);
  });

  test.each(damages)('refuses two that are %s, and names the last', async (_what, damage) => {
    await train([checkpoint({ folder }), saveBest({ folder })]);
    for (const path of [last(), previous()]) writeFileSync(path, damage(readFileSync(path)));
    await expect(readCheckpoint(folder)).rejects.toThrow(RangeError);
    await expect(readCheckpoint(folder)).rejects.toThrow(
      /Cannot resume from .*checkpoint.safetensors: .*start the run anew/,
    );
  });

  test('notices every flipped bit of those tried, in either of the two', async () => {
    await train([checkpoint({ folder })]);
    const whole = readFileSync(last());
    const random = randomStream(7);
    let noticed = 0;
    for (let i = 0; i < 300; i++) {
      const flipped = Buffer.from(whole);
      flipped[Math.floor(random.next() * whole.length)]! ^= 1 << Math.floor(random.next() * 8);
      writeFileSync(last(), flipped);
      noticed += Number((await readCheckpoint(folder)).notice !== undefined);
    }
    console.log(`${noticed} of 300 flipped bits of a checkpoint of ${whole.length} bytes noticed`);
    expect(noticed).toBe(300);
  });

  test.each<[string, (state: TrainingState) => void, string]>([
    [
      'an epoch of a billion',
      (state) => void (state.epoch = 1e9),
      'a row of history for every epoch that is done',
    ],
    ['an epoch before the first', (state) => void (state.epoch = -1), 'epoch is -1, expected >=1'],
    ['a batch of a billion', (state) => void (state.batch = 1e9), 'expected batch at most source.length'],
    ['a seed of -1', (state) => void (state.random.seed = -1), 'random.seed is -1, expected >=0'],
    ['half a step', (state) => void (state.step = 0.5), 'step is 0.5, expected a whole number'],
    [
      'a history of nothing',
      (state) => void (state.history = null as never),
      'history is null, expected a list',
    ],
    [
      'epochs in another order',
      (state) => void state.history.reverse(),
      'expected the epochs of its history in their order',
    ],
    [
      'a row that is null',
      (state) => void (state.history[0] = null as never),
      'history.0 is null, expected an object',
    ],
    [
      'an unknown optimiser',
      (state) => void (state.optimizer.name = 'lion' as never),
      'optimizer.name is "lion"',
    ],
    [
      'a learning rate of 0',
      (state) => void (state.optimizer.learningRate = 0),
      'optimizer.learningRate is 0, expected >0',
    ],
    [
      'weights that are numbers',
      (state) => void (state.weights = { a: 3 } as never),
      'weights.a is 3, expected a tensor',
    ],
    [
      'a name that is not known',
      (state) => void ((state as never as { x: 1 }).x = 1),
      'x is not known, expected no such name',
    ],
  ])('refuses %s, with the place in the file', async (_what, forge, message) => {
    await train([checkpoint({ folder })]);
    const { state } = await readCheckpoint(folder);
    forge(state);
    for (const path of [last(), previous()]) writeFileSync(path, encodeCheckpoint(state));
    await expect(readCheckpoint(folder)).rejects.toThrow(message);
  });

  test('lets no run resume that is to have fewer epochs than it has done', async () => {
    await train([checkpoint({ folder })]);
    const { state: resume } = await readCheckpoint(folder);
    await expect(train([], { resume, epochs: 2 })).rejects.toThrow(
      'Cannot resume: the checkpoint has done 3 epochs, expected at most the 2 that are asked for',
    );
  });
});

describe('readHistory()', () => {
  test.each([
    ['a number that is text', (text: string) => text.replace(/"step":\d/, '"step":"7"'), 'line 1'],
    ['a row left out', (text: string) => text.replace(/.*\n/, ''), 'line 1'],
    ['the end cut off', (text: string) => text.slice(0, -1), 'its end is cut off'],
    ['a row that is null', (text: string) => `${text}null\n`, 'line 4'],
    ['a row without its times', (text: string) => `${text}{"epoch":4,"step":9}\n`, 'line 4'],
  ])('refuses %s, and names the line', async (_what, damage, named) => {
    await train([jsonHistory({ folder })]);
    const path = join(folder, 'history.jsonl');
    writeFileSync(path, damage(readFileSync(path, 'utf8')));
    await expect(readHistory(folder)).rejects.toThrow(named);
    await expect(readHistory(folder)).rejects.toThrow(RangeError);
  });

  test('gives NaN back for what JSON has no number for, and nothing where there is no history', async () => {
    expect(await readHistory(folder)).toEqual([]);
    const row = { epoch: 1, step: 4, seconds: 1, imagesPerSecond: 9, learningRate: 0.1, 'train.loss': NaN };
    writeFileSync(join(folder, 'history.jsonl'), historyLine(row));
    expect(await readHistory(folder)).toEqual([row]);
  });
});

describe('a disk that fails', () => {
  /** Lets every write of a file fail as on a broken disk, from the `from`-th on. */
  async function failWrites(code: string, from: number) {
    const file = await open(join(folder, 'any'), 'w');
    const prototype = Object.getPrototypeOf(file) as typeof file;
    await file.close();
    rmSync(join(folder, 'any'));
    const { writeFile } = prototype;
    let writes = 0;
    prototype.writeFile = function (...content) {
      if (++writes < from) return writeFile.apply(this, content);
      return Promise.reject(Object.assign(new Error(`${code}: write`), { code }));
    };
    return () => {
      prototype.writeFile = writeFile;
    };
  }

  test.each([
    ['ENOSPC', /no space left on the disk, .*\(ENOSPC\); free some space; what was there before is kept/],
    ['EACCES', /no permission, .*\(EACCES\); choose another folder or change its rights/],
  ])('%s ends the run with what to do, and keeps the earlier checkpoint', async (code, message) => {
    const mend = await failWrites(code, 3);
    try {
      const failing = train([checkpoint({ folder })]);
      await expect(failing).rejects.toThrow(message);
      await expect(failing).rejects.toMatchObject({ name: 'DiskError', code });
    } finally {
      mend();
    }
    expect(readdirSync(folder)).toEqual(['checkpoint.previous.safetensors', 'checkpoint.safetensors']);
    const { state: resume } = await readCheckpoint(folder);
    expect(resume.epoch).toBe(2);
    expect((await train([checkpoint({ folder })], { resume })).hash).toBe((await train([])).hash);
  });

  test('a folder that is a file is refused before the first step', async () => {
    writeFileSync(join(folder, 'taken'), '');
    await expect(train([checkpoint({ folder: join(folder, 'taken') })])).rejects.toMatchObject({
      name: 'DiskError',
      message: expect.stringMatching(/found a file, expected a folder \(EEXIST\); choose another folder/),
    });
  });
});

describe('jsonHistory() and csvHistory()', () => {
  const histories = () => [jsonHistory({ folder }), csvHistory({ folder })];
  const rows = () =>
    readFileSync(join(folder, 'history.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));

  test('hold one row an epoch, the same numbers to the last digit', async () => {
    const { history } = await train(histories());
    expect(rows()).toEqual(history);
    expect(await readHistory(folder)).toEqual(history);
    const [names, ...lines] = readFileSync(join(folder, 'history.csv'), 'utf8').trimEnd().split('\n');
    expect(names!.split(',')).toEqual(Object.keys(history[0]!));
    expect(lines.map((line) => line.split(',').map(Number))).toEqual(
      history.map((row) => Object.values(row)),
    );
  });

  test('are written as it happens', async () => {
    const seen: number[] = [];
    await train([...histories(), { name: 'look', onEpoch: () => void seen.push(rows().length) }]);
    expect(seen).toEqual([1, 2, 3]);
  });

  test('go back to what the checkpoint knows when the run is resumed', async () => {
    const { history } = await train([...histories(), checkpoint({ folder })], { epochs: 2 });
    const { state: resume } = await readCheckpoint(folder);
    writeFileSync(
      join(folder, 'history.jsonl'),
      `${JSON.stringify(history[0])}\n{"epoch":2}\n{"epoch":3}\n{"ep`,
    );
    const first: unknown[] = [];
    const look: Callback = { name: 'look', onStart: () => void first.push(...rows()) };
    await train([...histories(), checkpoint({ folder }), look], { resume });
    expect(first).toEqual(history);
    expect(rows().length).toBe(3);
  });

  test('hold a number that is not finite as null or as its name, and an odd column name in quotes', async () => {
    const odd: Callback = { name: 'odd', onEpoch: (_run, row) => void (row['a,"b'] = NaN) };
    await train([odd, ...histories()], { epochs: 1 });
    expect(rows()[0]['a,"b']).toBeNull();
    expect(readFileSync(join(folder, 'history.csv'), 'utf8')).toMatch(/,"a,""b"\n.*,NaN\n$/);
  });
});

describe('saveBest()', () => {
  test('keeps the weights of the best epoch, with its number', async () => {
    const hashes: string[] = [];
    const scores = [3, 1, 2];
    const score: Callback = {
      name: 'score',
      async onEpoch({ model }, row) {
        row.score = scores[row.epoch - 1]!;
        hashes.push(await weightsHash(model));
      },
    };
    const { model } = await train([
      score,
      saveBest({ folder, best: { column: 'score' }, classes: ['zero', 'one'] }),
    ]);
    const bytes = readFileSync(join(folder, 'best.safetensors'));
    expect(decodeSafetensors(bytes).metadata).toMatchObject({ epoch: '2', score: '1' });
    loadWeights(model, bytes);
    expect(await weightsHash(model)).toBe(hashes[1]);
    const loaded = loadModel(bytes, { definitions: [toy] });
    expect(await weightsHash(loaded.model)).toBe(hashes[1]);
    expect(loaded.description.classes).toEqual(['zero', 'one']);
    disposeModel(loaded.model);
  });

  test.each([
    [
      { column: 'score', highest: true },
      { epoch: '1', score: '3' },
    ],
    ['last', { epoch: '3' }],
  ] as const)('keeps what a recipe calls best: %j', async (best, metadata) => {
    const score: Callback = {
      name: 'score',
      onEpoch: (_run, row) => void (row.score = [3, 1, 2][row.epoch - 1]!),
    };
    await train([score, saveBest({ folder, best })]);
    expect(decodeSafetensors(readFileSync(join(folder, 'best.safetensors'))).metadata).toMatchObject(
      metadata,
    );
  });

  test('remembers what was best when the run goes on: a worse epoch takes nothing away', async () => {
    const scores = [3, 1, 2];
    const score: Callback = {
      name: 'score',
      onEpoch: (_run, row) => void (row.score = scores[row.epoch - 1]!),
    };
    const callbacks = () => [score, saveBest({ folder, best: { column: 'score' } }), checkpoint({ folder })];
    await train(callbacks(), { epochs: 2 });
    const { state } = await readCheckpoint(folder);
    await train(callbacks(), { epochs: 3, resume: state });
    expect(decodeSafetensors(readFileSync(join(folder, 'best.safetensors'))).metadata.epoch).toBe('2');
  });

  test('ends the run rather than keep a weight that is not finite, and leaves the best one so far', async () => {
    const spoil: Callback = {
      name: 'spoil',
      onEpoch({ model }, row) {
        row.score = -row.epoch; // finite, and the best
        if (row.epoch === 2) spoilOneWeight(model);
      },
    };
    await expect(train([spoil, saveBest({ folder, best: { column: 'score' } })])).rejects.toThrow(
      /^Cannot go on training: the weight .*hidden.* is NaN at step \d+ \(epoch 2\), expected a finite number/,
    );
    expect(decodeSafetensors(readFileSync(join(folder, 'best.safetensors'))).metadata.epoch).toBe('1');
  });
});

function spoilOneWeight(model: Autoencoder): void {
  const [weight] = Object.values(namedWeights(model));
  tf.tidy(() => weight!.assign(tf.mul(weight!, NaN)));
}

const inode = (folder: string) => statSync(join(folder, 'checkpoint.safetensors')).ino;
