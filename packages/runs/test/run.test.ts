import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { writeIdx } from '@ae/data';
import { digits, fileNames } from '@ae/data-mnist';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import {
  compareRuns,
  evaluateRun,
  listRuns,
  openRun,
  serveRun,
  StoppedOnRequest,
  trainRun,
  writeReport,
  type Observer,
  type TrainOptions,
} from '../src/index.js';

let place: string;
const inPlace = (...names: string[]) => join(place, ...names);
const settings = (name: string): TrainOptions => ({
  ...{ model: 'vae', data: inPlace('tiny'), out: inPlace('runs', name), backend: 'wasm' },
  ...{ options: { hidden: [16] }, epochs: 2, batchSize: 50, seed: 3 },
});
const weightsOf = (name: string) => readFileSync(inPlace('runs', name, 'best.safetensors'));

beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'ae-runs-'));
  mkdirSync(inPlace('tiny'));
  const { train, test } = await digits({ train: 300, test: 60, validationCount: 0 });
  const write = (name: string, shape: number[], data: Uint8Array) =>
    writeFileSync(inPlace('tiny', name), writeIdx({ shape, data }));
  write(fileNames.trainImages, [300, 28, 28], train.values);
  write(fileNames.trainLabels, [300], train.labels);
  write(fileNames.testImages, [60, 28, 28], test.values);
  write(fileNames.testLabels, [60], test.labels);
});
afterAll(() => rmSync(place, { recursive: true }));

describe('a run from a program', () => {
  test('trainRun() leaves the whole folder and gives what came of it', async () => {
    const heard = { notices: 0, steps: 0 };
    const observer: Observer = { notice: () => heard.notices++, step: () => heard.steps++ };
    const run = await trainRun(settings('whole'), observer);
    for (const file of [
      'run.json',
      'history.jsonl',
      'best.safetensors',
      'report.html',
      'figures/samples.svg',
    ])
      expect(existsSync(join(run.folder, file))).toBe(true);
    expect(run.record).toMatchObject({ status: 'finished', epochsDone: 2, options: { hidden: [16] } });
    expect(run.metrics!.test.mse).toBeGreaterThan(0);
    expect((await run.history()).map(({ epoch }) => epoch)).toEqual([1, 2]);
    expect(heard.steps).toBeGreaterThanOrEqual(2);
    expect(heard.notices).toBeGreaterThan(0);
    run.dispose();
  });

  test('openRun() gives the same run again, and frees every tensor', async () => {
    const before = tf.memory().numTensors;
    const run = await openRun(inPlace('runs', 'whole'), { backend: 'wasm' });
    const { test: measured, pca, findings } = await evaluateRun(run);
    expect(measured).toEqual(run.metrics!.test);
    expect(pca.components).toBe(2);
    expect(Array.isArray(findings)).toBe(true);
    const report = readFileSync(run.report, 'utf8');
    await writeReport(run);
    expect(readFileSync(run.report, 'utf8')).toBe(report);
    run.dispose();
    const after = tf.memory().numTensors;
    console.log(`${before} tensors before, ${after} after`);
    expect(after).toBe(before);
  });

  test('figures() draws all of them or one by its name, and refuses another name', async () => {
    const run = await openRun(inPlace('runs', 'whole'), { backend: 'wasm' });
    const names = (await run.figures()).map(({ name }) => name);
    const inOrder = [
      ...['learning-curve', 'reconstructions'],
      ...['latent-space', 'manifold'],
      ...['samples', 'interpolation', 'originals'],
    ];
    expect(names.filter((name) => inOrder.includes(name))).toEqual(inOrder);
    const [five] = await run.figures('reconstructions', { count: 5 });
    expect(five!.draw({ theme: 'light' })).toMatch(/^<svg /);
    await expect(run.figures('reconstruction')).rejects.toThrow(
      /^Cannot draw figure "reconstruction": expected one of .*reconstructions/,
    );
    run.dispose();
  });

  test('a signal stops it with everything saved, and it goes on to the bits of the unbroken run', async () => {
    const stop = new AbortController();
    let steps = 0;
    const stopped = trainRun(
      { ...settings('broken'), signal: stop.signal },
      { step: () => ++steps === 4 && stop.abort() },
    );
    await expect(stopped).rejects.toThrow(StoppedOnRequest);
    const run = await trainRun({ out: inPlace('runs', 'broken'), resume: true });
    expect(run.record.status).toBe('finished');
    run.dispose();
    expect(weightsOf('broken').equals(weightsOf('whole'))).toBe(true);
  });

  test('listRuns() has the latest first, and a damaged one with its fault', async () => {
    mkdirSync(inPlace('runs', 'spoilt'));
    writeFileSync(inPlace('runs', 'spoilt', 'run.json'), '{');
    const listed = await listRuns(inPlace('runs'));
    const names = listed.map((one) => ('record' in one ? one.record.status : one.fault.slice(0, 11)));
    expect(names).toEqual(['finished', 'finished', 'Cannot read']);
    expect(await listRuns(inPlace('nowhere'))).toEqual([]);
  });

  test('compareRuns() puts them on one page, serveRun() shows one to this machine', async () => {
    const both = [inPlace('runs', 'whole'), inPlace('runs', 'broken')];
    const { metrics, page } = await compareRuns(both, { out: inPlace('both.html') });
    expect(metrics).toContain('mse');
    expect(readFileSync(page, 'utf8')).toContain('2 runs');
    const server = await serveRun(both[0]!);
    expect((await fetch(server.url)).status).toBe(200);
    await server.close();
  });
});
