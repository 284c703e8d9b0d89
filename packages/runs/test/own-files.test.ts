import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { writeNpy } from '@ae/data';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { loadData, openRun, trainRun, type Observer } from '../src/index.js';

let folder: string;
let file: string;
const settings = process.env['XDG_CONFIG_HOME'];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ae-own-files-'));
  process.env['XDG_CONFIG_HOME'] = join(folder, 'settings');
  file = join(folder, 'readings.npy');
  const values = Float32Array.from(
    { length: 100 * 6 },
    (_, i) => 50 + 9 * Math.sin(i / 7) + (i % 6) * Math.cos(i),
  );
  writeFileSync(file, writeNpy({ shape: [100, 6], data: values }));
});
afterAll(() => {
  if (settings === undefined) delete process.env['XDG_CONFIG_HOME'];
  else process.env['XDG_CONFIG_HOME'] = settings;
  rmSync(folder, { recursive: true });
});

const told = () => {
  const notices: string[] = [];
  return { notices, observer: { notice: (text: string) => void notices.push(text) } satisfies Observer };
};
const quick = { model: 'ae', epochs: 2, batchSize: 16, backend: 'wasm' } as const;

describe('a file of one’s own', () => {
  test('is split and scaled, and each guess is said', async () => {
    const { notices, observer } = told();
    const { set, record } = await loadData({ data: file }, observer);
    expect([set.train.count, set.validation.count, set.test.count]).toEqual([80, 10, 10]);
    expect(set.train.scaling?.method).toBe('standardise');
    expect(set.test.scaling).toEqual(set.train.scaling);
    expect(record).toMatchObject({ name: 'readings', shape: [6], type: 'float32', read: { format: 'npy' } });
    expect(notices).toEqual([
      `${file}: read as npy, 100 rows of 6`,
      'values are scaled to mean 0 and standard deviation 1, as the training part has them; --scale says otherwise',
      '10 of the 90 training rows are for validation, drawn by seed 1; for another share, say --validation 0.1',
    ]);
  });

  test('is a series with a window: its parts in the order of time, no row in two of them', async () => {
    const { set } = await loadData({ data: file, window: 5, scale: 'none' }, {});
    expect(set.train.shape).toEqual([5, 6]);
    expect([set.train.count, set.validation.count, set.test.count]).toEqual([16, 2, 2]);
    const { set: overlapping } = await loadData({ data: file, window: 5, stride: 1, scale: 'none' }, {});
    expect(overlapping.train.count).toBe(76);
    const rows = (part: { values: ArrayLike<number> }) => new Set(Array.from(part.values));
    const seen = rows(overlapping.train);
    expect([...rows(overlapping.test)].filter((value) => seen.has(value))).toEqual([]);
  });

  test.each([
    [{ window: 200 }, /Cannot cut windows of 200 rows: found 80 in train, expected as many at least/],
    [{ columns: ['a'] }, /found columns \["a"\], expected options among .* for npy/],
    [{ format: 'xml' }, /found format "xml", expected one of .*npy/],
    [{ test: 0.99, validation: 0.5 }, /expected at least one left for training/],
    [{ test: 0 }, /found no test part, expected one that a run is measured on/],
  ])('is refused with %j', async (options, message) => {
    await expect(loadData({ data: file, ...options }, {})).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringMatching(message),
    });
  });

  test('is read the same way when its run is opened, wherever it is then; another one is refused', async () => {
    const out = join(folder, 'run');
    const trained = await trainRun({ ...quick, data: file, window: 5, scale: 'min-max', out });
    trained.dispose();
    const moved = join(folder, 'moved', 'elsewhere.npy');
    mkdirSync(join(folder, 'moved'));
    renameSync(file, moved);
    try {
      const lost = await openRun(out, { backend: 'wasm' });
      await expect(lost.data()).rejects.toThrow(`found nothing at ${file}`);
      lost.dispose();
      const run = await openRun(out, { data: moved, backend: 'wasm' });
      const { set } = await run.data();
      expect(set.train.scaling).toEqual(run.record.data.scaling);
      expect(set.train.shape).toEqual([5, 6]);
      run.dispose();
    } finally {
      renameSync(moved, file);
    }
    await expect(trainRun({ ...quick, data: file, window: 4, out, resume: true })).rejects.toThrow(
      'window is 4 where the run was started with 5',
    );
  });
});

describe('a file that defines data', () => {
  const code = (rows: number) => `
    import { defineData, fromArray, splitExamples } from '@ae/data';
    const values = Array.from({ length: ${rows} }, (_, i) => [0, 1, 2, 3].map((c) => Math.sin(i + c)));
    export default defineData({
      name: 'waves',
      load: ({ seed }) => splitExamples(fromArray(values, { shape: [4] }), { seed, name: 'waves' }),
    });`;

  test('is run by who names it; a run’s is run again only while it is what was trained with', async () => {
    const mine = join(folder, 'my-data.ts');
    const out = join(folder, 'run-of-code');
    writeFileSync(mine, code(60));
    (await trainRun({ ...quick, data: mine, out })).dispose();
    const again = await openRun(out, { backend: 'wasm' });
    expect((await again.data()).set.train.count).toBe(48);
    again.dispose();
    writeFileSync(mine, code(61));
    const changed = await openRun(out, { backend: 'wasm' });
    await expect(changed.data()).rejects.toThrow(/not what was trained with on this machine/);
    changed.dispose();
  });

  test.each([
    ['export default 7;', /its default export is number, expected what defineData\(…\) returns/],
    ['export const nothing = 0;', /its default export is object, expected what defineData/],
    ['throw new Error("no such sensor");', /Cannot load data ".*bad\.ts": Error: no such sensor/],
  ])('that reads %j is refused', async (text, message) => {
    const bad = join(folder, 'bad.ts');
    writeFileSync(bad, text);
    await expect(loadData({ data: bad }, {})).rejects.toThrow(message);
  });

  test('takes no options about how files are read', async () => {
    const mine = join(folder, 'my-data.ts');
    await expect(loadData({ data: mine, size: 32 }, {})).rejects.toThrow(/with size: found code/);
    await expect(loadData({ data: 'digits', label: 'x' }, {})).rejects.toThrow(
      /--data digits with label: found a data set of known form/,
    );
  });
});
