import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
  applyScaling,
  fromArray,
  minMax,
  splitExamples,
  standardise,
  windows,
  type DataSet,
  type Examples,
  type ScaledExamples,
} from '@ae/data';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { evaluateRun, openRun, trainRun, type TrainOptions } from '../src/index.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ae-own-data-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const COUNT = 60;
/** Discs of three colours, their classes, wandering over a ground. */
function colours(): DataSet {
  const values = new Uint8Array(COUNT * 32 * 32 * 3);
  for (let i = 0; i < COUNT; i++)
    for (let at = 0; at < 32 * 32; at++) {
      const [row, column] = [Math.floor(at / 32), at % 32];
      const inside = (row - 8 - (i % 16)) ** 2 + (column - 10 - (i % 11)) ** 2 < 40;
      values.set([40, 40, 40], (i * 1024 + at) * 3);
      if (inside) values[(i * 1024 + at) * 3 + (i % 3)] = 230;
    }
  const labels = Uint8Array.from({ length: COUNT }, (_, i) => i % 3);
  const images = fromArray(values, { shape: [32, 32, 3], labels, classes: ['red', 'green', 'blue'] });
  return splitExamples(images, { name: 'discs' });
}

/** Rows of twenty numbers that follow from two, standardised, without labels. */
function rows(): DataSet {
  const table = Array.from({ length: COUNT }, (_, i) =>
    Array.from({ length: 20 }, (_, column) => 100 + 7 * Math.sin(i / 5 + column) + column * Math.cos(i)),
  );
  return scaled(splitExamples(fromArray(table, { shape: [20] }), { name: 'readings' }), standardise);
}

/** Windows of sixteen steps of two channels, by order, between 0 and 1 in training. */
function waves(): DataSet {
  const series = Array.from({ length: 400 }, (_, i) => (i % 2 ? Math.cos(i / 9) : 3 * Math.sin(i / 14)));
  const cut = windows(series, { channels: 2, length: 16, stride: 2 });
  return scaled(splitExamples(cut, { name: 'waves' }), minMax);
}

function scaled(data: DataSet, scale: (part: DataSet['train']) => ScaledExamples): DataSet {
  const train = scale(data.train);
  const [validation, test] = [data.validation, data.test!].map((part) => applyScaling(part, train.scaling));
  return { ...data, train, validation: validation!, test: test! };
}

const cases: [what: string, data: DataSet, options: TrainOptions, words: string[]][] = [
  [
    'images of 32 × 32 × 3',
    colours(),
    { model: 'conv-ae', options: { hidden: [16], channels: [4, 4] } },
    ['Test loss per image', 'Test error per value', '32 × 32 × 3', 'coloured by label', '<h2>Images</h2>'],
  ],
  [
    'rows of 20',
    rows(),
    { model: 'ae', options: { hidden: [16] } },
    ['Test loss per row', 'Test error per value', 'values as they were scaled', '<h2>Rows</h2>'],
  ],
  [
    'windows of 16 × 2',
    waves(),
    { model: 'ae', options: { network: 'conv1d', channels: [4, 4], hidden: [8], output: 'linear' } },
    ['Test loss per window', '16 × 2', '<h2>Windows</h2>'],
  ],
];

describe.each(cases)('%s of one’s own', (what, data, options, words) => {
  const out = () => join(folder, data.name);

  it('are trained on, measured and drawn, and the page says what they are', async () => {
    const run = await trainRun({ ...options, data, epochs: 2, batchSize: 8, backend: 'wasm', out: out() });
    const { test, validation } = run.metrics!;
    expect(Number.isFinite(test.mse) && Number.isFinite(validation.loss)).toBe(true);
    const names = (await run.figures()).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['originals', 'reconstructions', 'latent-space']));
    const page = readFileSync(run.report, 'utf8');
    for (const word of words) expect(page).toContain(word);
    if (!what.includes('images'))
      expect(page.replace(/<style>.*?<\/style>/s, '')).not.toMatch(/pixels?\b|test images/);
    run.dispose();
  });

  it('are given again to open the run, and are beside a PCA then', async () => {
    const run = await openRun(out(), { data, backend: 'wasm' });
    const { pca, test } = await evaluateRun(run);
    expect(pca.components).toBe(await run.dimensions());
    expect(pca.mse).toBeGreaterThan(0);
    expect(test).toEqual(run.metrics!.test);
    expect(run.record.data).toMatchObject({ name: data.name, shape: data.train.shape, given: true });
    run.dispose();
  });

  it('are missed where they are not given, and others are refused', async () => {
    const forgotten = await openRun(out(), { backend: 'wasm' });
    await expect(forgotten.data()).rejects.toThrow(
      `Cannot find the data of the run: found none, expected the data set "${data.name}" with the SHA-256 ${data.checksum}, which was given in memory; give openRun() or trainRun() that data set as \`data\``,
    );
    const others = await openRun(out(), { data: { ...data, checksum: 'a'.repeat(64) }, backend: 'wasm' });
    await expect(others.data()).rejects.toThrow('expected ' + data.checksum);
    forgotten.dispose();
    others.dispose();
  });
});

it('options follow from the data where they are not typed, which is said', async () => {
  const notices: string[] = [];
  const asked: TrainOptions = { model: 'vae', options: { hidden: '12' }, data: rows(), epochs: 1 };
  const out = join(folder, 'followed');
  const run = await trainRun({ ...asked, backend: 'wasm', out }, { notice: (text) => notices.push(text) });
  expect(run.record.options).toMatchObject({
    shape: [20],
    hidden: [12],
    latentDim: 4,
    likelihood: 'gaussian',
  });
  expect(notices).toContain(
    'latentDim=4 likelihood=gaussian, as the data are rows of 20 floats; --set latentDim=… says otherwise',
  );
  run.dispose();
  await expect(
    trainRun({ ...asked, options: { likelihood: 'bernoulli' }, backend: 'wasm', out: `${out}-not` }),
  ).rejects.toThrow('expected 0 to 1');
});

it('rows with gaps and categories are trained on, and what is missing has no error', async () => {
  const sizes = Array.from({ length: 120 }, (_, i) => {
    const size = Math.sin(i * 1.7);
    const gap = (value: number, every: number) => (i % every === 0 ? NaN : value);
    const large = gap(+(size > 0), 7);
    return [gap(size, 5), gap(2 * size, 3), large, 1 - large, -size];
  });
  const table = fromArray(sizes, { shape: [5], missing: 'keep' });
  const fields: Examples['fields'] = [
    ...['length', 'width'].map((name) => ({ name, kind: 'number' as const })),
    { name: 'kind', kind: 'category', categories: ['large', 'small'] },
    { name: 'height', kind: 'number' },
  ];
  const data = splitExamples({ ...table, fields }, { name: 'gaps' });
  const out = join(folder, 'gaps');
  for (const model of ['ae', 'vae']) {
    const run = await trainRun({
      ...{ model, data, epochs: 20, batchSize: 8, learningRate: 0.01 },
      backend: 'wasm',
      out: `${out}-${model}`,
    });
    expect(run.record.options).toMatchObject({ categories: [0, 0, 1, 1, 0], missing: true });
    const { pca, test } = await evaluateRun(run);
    expect(Object.values(test).every(Number.isFinite) && Number.isFinite(pca.mse)).toBe(true);
    expect(test.mse).toBeLessThan(0.5); // of a variance of some 1
    await run.figures();
    run.dispose();
  }
}, 60_000);

it('a data set without a test part is refused, with the remedy', async () => {
  const { test: _, ...data } = colours();
  await expect(trainRun({ model: 'conv-ae', data, out: join(folder, 'none') })).rejects.toThrow(
    'Cannot use the data set "discs": found no test part, expected one that a run is measured on; splitExamples() makes one',
  );
});
