import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { encodeSafetensors, randomStream, sha256 } from '@ae/models';
import { encodeCheckpoint, type HistoryRow } from '@ae/trainer';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';

import { readBestWeights, readHistory, readRun } from '../src/record/read-run.js';
import type { Evaluation, StoredRecord } from '../src/record/run-record.js';
import { sealed } from '../src/record/sealed-json.js';

const home = mkdtempSync(join(tmpdir(), 'ae-read-run-'));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(home, 'run-'));
});
afterAll(() => rmSync(home, { recursive: true }));

const digits = (digit: string) => digit.repeat(64);
const record: StoredRecord = {
  format: 1,
  status: 'finished',
  model: 'vae',
  recipe: 'default',
  options: { latentDim: 2, hidden: [512, 256], shape: [28, 28, 1] },
  optimizer: { name: 'adam', learningRate: 1e-3 },
  schedule: { name: 'cosine' },
  anneal: { kl: { from: 0, to: 1, over: 2 } },
  best: { column: 'validation.loss' },
  epochs: 5,
  batchSize: 128,
  seed: 1,
  data: {
    asked: 'mnist',
    name: 'mnist',
    source: 'mnist from a mirror',
    checksum: digits('a'),
    train: 55_000,
    validation: 5000,
    test: 10_000,
    shape: [28, 28, 1],
    type: 'uint8',
  },
  backend: { name: 'wasm', why: 'asked for' },
  versions: { ae: '0.1.0', node: 'v20', tfjs: '4.22.0' },
  command: 'ae train vae',
  startedAt: '2026-01-02T03:04:05.000Z',
  metrics: { test: { loss: 150, mse: 0.04 }, validation: { loss: 151, mse: 0.041 } },
  files: { 'best.safetensors': digits('b') },
};
const write = (name: string, text: string | Buffer) => writeFileSync(join(folder, name), text);
const writeRecord = (changes: object = {}) => write('run.json', sealed({ ...record, ...changes }));
const failure = async (work: () => Promise<unknown>): Promise<{ message: string; name: string }> => {
  try {
    await work();
  } catch (error) {
    return { message: (error as Error).message, name: (error as Error).name };
  }
  throw new Error('nothing was thrown');
};

describe('readRun()', () => {
  it('gives the record back as it was written', async () => {
    writeRecord();
    expect(await readRun(folder)).toEqual(record);
  });

  it('tells a missing folder and a folder without a run apart', async () => {
    expect(await failure(() => readRun(join(home, 'nowhere')))).toMatchObject({
      name: 'UsageError',
      message: expect.stringContaining('no such folder'),
    });
    expect(await failure(() => readRun(folder))).toMatchObject({
      name: 'UsageError',
      message: expect.stringContaining('no run.json in it'),
    });
  });

  it.each<[string, object, string]>([
    ['a seed of -1', { seed: -1 }, 'seed is -1, expected >=0'],
    ['half an epoch', { epochs: 0.5 }, 'epochs is 0.5, expected a whole number'],
    ['a status that is none', { status: 'done' }, 'status is "done", expected ("running" |'],
    ['another format', { format: 2 }, 'format is 2, expected 1'],
    ['options of the wrong kind', { options: { hidden: [null] } }, 'options.hidden is [null], expected'],
    ['an optimiser without a rate', { optimizer: { name: 'adam' } }, 'optimizer.learningRate is missing'],
    ['a checksum that is none', { data: { ...record.data, checksum: 'x' } }, 'data.checksum is "x"'],
    [
      'metrics that are text',
      { metrics: { test: { loss: '1' }, validation: {} } },
      'metrics.test.loss is "1"',
    ],
    ['a name that nobody knows', { shell: 'rm -rf' }, 'shell is not known, expected no such name'],
  ])('refuses %s, with the place in the file', async (_what, changes, message) => {
    writeRecord(changes);
    expect(await failure(() => readRun(folder))).toMatchObject({
      name: 'RunFolderError',
      message: expect.stringContaining(message),
    });
  });

  it('notices every single bit that is flipped', async () => {
    const whole = Buffer.from(sealed(record));
    const random = randomStream(3);
    let noticed = 0;
    for (let i = 0; i < 1000; i++) {
      const flipped = Buffer.from(whole);
      flipped[Math.floor(random.next() * whole.length)]! ^= 1 << Math.floor(random.next() * 8);
      write('run.json', flipped);
      noticed += Number((await failure(() => readRun(folder))).name === 'RunFolderError');
    }
    console.log(`${noticed} of 1000 flipped bits of run.json noticed`);
    expect(noticed).toBe(1000);
  });

  it.each([
    ['cut off', (text: string) => text.slice(0, 500)],
    ['empty', () => ''],
    ['without its checksum', () => JSON.stringify(record)],
    ['changed by hand', (text: string) => text.replace('"epochs": 5', '"epochs": 6')],
    ['formatted anew', (text: string) => JSON.stringify(JSON.parse(text))],
  ])('refuses a record that is %s', async (_what, change) => {
    write('run.json', change(sealed(record)));
    expect(await failure(() => readRun(folder))).toMatchObject({
      name: 'RunFolderError',
      message: expect.stringContaining('run.json: found other contents than ae wrote'),
    });
  });

  it('adds what was evaluated later, unless the weights were trained on since', async () => {
    const evaluation: Evaluation = {
      weights: digits('b'),
      test: { loss: 149, mse: 0.039 },
      pca: { components: 2, mse: 0.056 },
      findings: [{ kind: 'few-active', text: 'One dimension is active.' }],
    };
    writeRecord();
    write('evaluation.json', sealed(evaluation));
    const { pca, findings, metrics } = await readRun(folder);
    expect({ pca, findings, metrics }).toEqual({
      pca: evaluation.pca,
      findings: evaluation.findings,
      metrics: { ...record.metrics, test: evaluation.test },
    });
    write('evaluation.json', sealed({ ...evaluation, weights: digits('c') }));
    expect(await readRun(folder)).toEqual(record);
    write('evaluation.json', '{}');
    expect(await failure(() => readRun(folder))).toMatchObject({
      name: 'RunFolderError',
      message: expect.stringContaining('evaluation.json'),
    });
  });

  it('calls a run interrupted whose process is gone', async () => {
    writeRecord({ status: 'running' });
    expect((await readRun(folder)).status).toBe('interrupted');
    write('run.lock', JSON.stringify({ pid: process.pid, host: (await import('node:os')).hostname() }));
    expect((await readRun(folder)).status).toBe('running');
  });
});

describe('readHistory()', () => {
  it('has no rows before the first epoch, and names a damaged line and what else is whole', async () => {
    expect(await readHistory(folder)).toEqual([]);
    writeRecord();
    write('history.jsonl', '{"epoch":1,"step":3}\n');
    const { message, name } = await failure(() => readHistory(folder));
    expect(name).toBe('RunFolderError');
    expect(message).toContain('history.jsonl is damaged; run.json is whole');
    expect(readFileSync(join(folder, 'history.jsonl'), 'utf8')).toBe('{"epoch":1,"step":3}\n');
  });

  const row: HistoryRow = {
    epoch: 1,
    step: 3,
    seconds: 2,
    imagesPerSecond: 5,
    learningRate: 0.1,
    'train.loss': 7,
  };
  const lineOf = (loss: number) => `${JSON.stringify({ ...row, 'train.loss': loss })}\n`;

  it('is that which the record of a run that is over names', async () => {
    write('history.jsonl', lineOf(7));
    const files = { 'history.jsonl': sha256(Buffer.from(lineOf(7))) };
    expect(await readHistory(folder, { files })).toEqual([row]);
    write('history.jsonl', lineOf(8));
    const { message, name } = await failure(() => readHistory(folder, { files }));
    expect({ message, name }).toMatchObject({
      name: 'RunFolderError',
      message: expect.stringContaining('history.jsonl is damaged'),
    });
  });

  it('is that which the checkpoint of a run that goes on knows', async () => {
    const state = {
      ...{ weights: {}, optimizer: record.optimizer, optimizers: {}, random: { seed: 1, counter: 0 } },
      ...{ source: { length: 3, count: 9 }, epoch: 2, batch: 0, step: 3, seconds: 2, trainingSeconds: 0 },
      ...{ means: { images: 0, sums: {} }, callbacks: {}, history: [row] },
    };
    write('checkpoint.safetensors', Buffer.from(encodeCheckpoint(state)));
    write('history.jsonl', lineOf(7));
    expect(await readHistory(folder)).toEqual([row]);
    write('history.jsonl', lineOf(8));
    const { message, name } = await failure(() => readHistory(folder));
    expect({ message, name }).toMatchObject({
      name: 'RunFolderError',
      message: expect.stringContaining('history.jsonl is damaged'),
    });
  });
});

describe('readBestWeights()', () => {
  const weights = (value: number) =>
    Buffer.from(encodeSafetensors({ w: { shape: [1], data: Float32Array.of(value) } }));

  it('gives the bytes of whole weights, those that the record names where it names some', async () => {
    write('best.safetensors', weights(1));
    const files = { 'best.safetensors': sha256(weights(1)) };
    expect(weights(1).equals((await readBestWeights(folder, { files })).bytes)).toBe(true);
    write('best.safetensors', weights(2));
    expect(weights(2).equals((await readBestWeights(folder)).bytes)).toBe(true);
    expect((await failure(() => readBestWeights(folder, { files }))).name).toBe('RunFolderError');
  });

  it('refuses damaged ones', async () => {
    const spoilt = weights(1);
    spoilt[spoilt.length - 1]! ^= 1;
    write('best.safetensors', spoilt);
    const { message, name } = await failure(() => readBestWeights(folder));
    expect(name).toBe('RunFolderError');
    expect(message).toContain('best.safetensors is damaged');
  });
});
