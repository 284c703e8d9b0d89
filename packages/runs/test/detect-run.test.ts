import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { fileOfBytes } from '@ae/data';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { detectRun, openRun, scoreData, scoreFiles, trainRun, type Run } from '../src/index.js';

let folder: string;
let run: Run;
const at = (name: string) => join(folder, name);

/** Three columns that follow from one number, but for a fault in the second of them, by turns of two machines. */
function reading(i: number, isFault: boolean): string {
  const a = Math.sin(i * 0.7) + 0.3 * Math.cos(i * 1.9);
  const flow = isFault ? 4 - 3 * a : 4 + a;
  return `r${i},${'AB'[i % 2]},${(20 + 5 * a).toFixed(3)},${flow.toFixed(3)},${(7 - a).toFixed(3)}`;
}
const HEAD = 'id,machine,temp,flow,level';
const isFault = (i: number) => i % 15 === 7;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ae-detect-'));
  const lines = Array.from({ length: 450 }, (_, i) => `${reading(i, isFault(i))},${isFault(i) ? 'fault' : 'ok'}`);
  writeFileSync(at('readings.csv'), `${HEAD},state\n${lines.join('\n')}\n`);
  const detected = await detectRun({
    ...{ data: at('readings.csv'), label: 'state', key: 'id' },
    ...{ out: at('run'), epochs: 60, falseAlarms: 0.05, backend: 'wasm' },
  });
  run = detected.run;
}, 120_000);
afterAll(() => {
  run?.dispose();
  rmSync(folder, { recursive: true });
});

describe('detectRun()', () => {
  test('trains on what belongs alone, and keeps what does not for the test', async () => {
    const { set, record } = await run.data();
    expect(record.normal).toEqual(['ok']);
    const fault = set.train.classes!.indexOf('fault');
    const faults = [set.train, set.validation, set.test].map(
      ({ labels }) => labels!.filter((label) => label === fault).length,
    );
    expect(faults).toEqual([0, 0, 30]);
    expect(set.train.count + set.validation.count + set.test.count).toBe(450);
  });

  test('judges it beside three simpler detectors, and says so on its page', async () => {
    const { judged, verdict, state } = (await run.detection())!;
    expect(judged!.map(({ name }) => name)).toEqual(['autoencoder', 'isolation-forest', 'mahalanobis', 'pca']);
    expect(judged![0]!.auroc).toBeGreaterThan(0.9);
    expect(state.score).toBe('code-and-residual');
    const page = readFileSync(run.report, 'utf8');
    expect(page).toContain(verdict!.slice(0, 40));
    expect(page).toContain('isolation forest');
  });

  test('is a detector in every stop process: the same verdicts of the same rows', async () => {
    const again = await openRun(at('run'), { backend: 'wasm' });
    const [now, then] = await Promise.all(
      [again, run].map(async (one) => (await one.detector())!.examine((await one.data()).set.test)),
    );
    expect(now!.score).toEqual(then!.score);
    again.dispose();
  });

  test('goes on as what it was started as: other normal classes are refused', async () => {
    const same = { data: at('readings.csv'), label: 'state', key: 'id', out: at('run'), backend: 'wasm' };
    await expect(detectRun({ ...same, resume: true, normal: ['fault'] })).rejects.toThrow(
      '--normal is fault where the run was started with ok',
    );
  });

  test('that is stopped names the command that goes on with it, with what it becomes a detector by', async () => {
    const asked = { data: at('readings.csv'), label: 'state', key: 'id', backend: 'wasm', falseAlarms: 0.05 };
    const out = at('stopped');
    const stop = new AbortController();
    const stopping = { step: () => stop.abort('SIGINT') };
    await expect(detectRun({ ...asked, out, signal: stop.signal }, stopping)).rejects.toThrow(
      `go on with: ae detect ${at('readings.csv')} --false-alarms 0.05 --out ${out} --resume`,
    );
  });

  test('takes everything to belong where there are no labels, and is not judged then', async () => {
    const { run: unlabelled, detection } = await detectRun({
      ...{ data: at('readings.csv'), columns: ['temp', 'flow', 'level'], out: at('unlabelled') },
      ...{ epochs: 2, backend: 'wasm', contamination: 0.1 },
    });
    expect(detection.judged).toBeUndefined();
    expect(detection.state.basis).toEqual({ by: 'contamination', asked: 0.1 });
    expect(readFileSync(unlabelled.report, 'utf8')).toContain('Nobody knows which test examples belong');
    unlabelled.dispose();
  });

  test.each([
    [{ normal: ['okay'] }, /Cannot take "okay" as normal: found the classes fault, ok/],
    [{ normal: ['ok', 'fault'] }, /Cannot take every class as normal/],
    [{ score: 'beauty' }, /found no score "beauty", expected one of/],
    [{ falseAlarms: 0.001 }, /expected .* or more/],
  ])('is refused with %j', async (options, message) => {
    const asked = { data: at('readings.csv'), label: 'state', key: 'id', epochs: 1, backend: 'wasm' };
    await expect(detectRun({ ...asked, ...options, out: at('refused') })).rejects.toThrow(message);
    rmSync(at('refused'), { recursive: true, force: true });
  });
});

describe('scoreData()', () => {
  const other = [HEAD, reading(3, false), reading(4, true), reading(5, false)].join('\n');

  test('reads new rows as those of the run, in any order of the columns and without labels', async () => {
    writeFileSync(at('new.csv'), other);
    const reordered = other
      .split('\n')
      .map((line) => line.split(',').reverse().join(','))
      .join('\n');
    writeFileSync(at('reordered.csv'), reordered);
    const { isAnomaly, score, because, examples } = await scoreData(run, at('new.csv'));
    expect(examples.names).toEqual(['r3', 'r4', 'r5']);
    expect(isAnomaly[1]).toBe(1);
    expect(score[1]).toBeGreaterThan(10 * Math.max(score[0]!, score[2]!));
    expect(because![1]![0]).toBe('flow');
    expect((await scoreData(run, at('reordered.csv'))).score).toEqual(score);
    const byLines = await scoreFiles(run, 'lines', [fileOfBytes('lines.csv', Buffer.from(other))]);
    expect(byLines.score).toEqual(score);
  });

  test('refuses other columns, categories and runs that are no detectors', async () => {
    writeFileSync(at('other.csv'), 'id,machine,temp,flow\nr1,A,20,4\n');
    await expect(scoreData(run, at('other.csv'))).rejects.toThrow(/no column "level"/);
    writeFileSync(at('unknown.csv'), `${HEAD}\n${reading(3, false).replace(',B,', ',C,')}\n`);
    await expect(scoreData(run, at('unknown.csv'))).rejects.toThrow(/found "C" in column "machine"/);
    const plain = await trainRun({
      ...{ model: 'ae', data: at('readings.csv'), label: 'state', key: 'id' },
      ...{ epochs: 1, backend: 'wasm', out: at('plain') },
    });
    await expect(scoreData(plain, at('new.csv'))).rejects.toThrow('found a run that is no detector');
    plain.dispose();
  });
});
