import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { RunRecord } from '@ae/runs';
import { workplace, type Ended } from './ae.js';

let place: Awaited<ReturnType<typeof workplace>>;
let trained: Ended;
const file = (path: string) => join(place.folder, path);
const recordOf = (run: string) => JSON.parse(readFileSync(file(`${run}/run.json`), 'utf8')) as RunRecord;
const figuresOf = (run: string, ending: string) =>
  readdirSync(file(`${run}/figures`))
    .filter((name) => name.endsWith(ending))
    .map((name) => name.slice(0, -ending.length))
    .sort();
const ofAnyRun = ['interpolation', 'latent-space', 'learning-curve', 'originals', 'reconstructions'];
const ofThePlane = ['manifold'];
const small = ['--set', 'hidden=32', '--epochs', '2', '--backend', 'wasm', '--data', 'tiny'];

beforeAll(async () => {
  place = await workplace();
  const { ae } = place;
  [trained] = await Promise.all([
    ae('train', 'vae', ...small, '--out', 'runs/one', '--png'),
    ae('train', 'ae', ...small, '--set', 'latentDim=3', '--seed', '2', '--out', 'runs/two'),
  ]);
});
afterAll(() => place.remove());

describe('ae train', () => {
  it('ends with its numbers and the path of its report on standard output, and speaks on standard error', () => {
    expect(trained).toMatchObject({ code: 0 });
    expect(trained.stdout.split('\n').at(-2)).toBe('runs/one/report.html');
    expect(trained.stdout).toMatch(/^ +test +validation\nloss +\d+\.\d\d +\d+\.\d\d\nreconstruction/);
    expect(trained.stderr).toMatch(/vae, recipe default, on tiny/);
    expect(trained.stderr).toMatch(/backend wasm: asked for by name/);
    expect(trained.stderr).toMatch(/^ +train loss +val\. loss.*\nepoch 1\/2 .*\nepoch 2\/2 +\d/m);
    expect(trained.stderr).not.toContain('\x1b');
  });

  it('leaves a whole run folder', () => {
    expect(readdirSync(file('runs/one')).sort()).toEqual([
      ...[
        'best.safetensors',
        'checkpoint.previous.safetensors',
        'checkpoint.safetensors',
        'figures',
        'history.jsonl',
        'report.html',
        'run.json',
      ],
    ]);
    const figures = figuresOf('runs/one', '.svg');
    expect(figures).toEqual(expect.arrayContaining([...ofAnyRun, ...ofThePlane, 'samples']));
    expect(figuresOf('runs/one', '.png')).toEqual(figures);
    expect(readFileSync(file('runs/one/history.jsonl'), 'utf8').trim().split('\n')).toHaveLength(2);
  });

  it('draws what the model has: three dimensions and no prior mean no manifold and no samples', () => {
    const figures = figuresOf('runs/two', '.svg');
    expect(figures).toEqual(expect.arrayContaining(ofAnyRun));
    for (const name of [...ofThePlane, 'samples']) expect(figures).not.toContain(name);
  });

  it('writes down what was asked and what came out', () => {
    const metric = expect.any(Number);
    expect(recordOf('runs/one')).toMatchObject({
      format: 1,
      status: 'finished',
      model: 'vae',
      recipe: 'default',
      options: { latentDim: 2, hidden: [32], shape: [28, 28, 1] },
      epochs: 2,
      seed: 1,
      epochsDone: 2,
      data: {
        name: 'tiny',
        train: 275,
        validation: 25,
        test: 60,
        checksum: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
      backend: { name: 'wasm' },
      versions: { tfjs: '4.22.0', node: process.versions.node },
      metrics: {
        test: { loss: metric, reconstruction: metric, kl: metric, mse: metric },
        validation: { loss: metric, reconstruction: metric, kl: metric, mse: metric },
      },
      seconds: metric,
      imagesPerSecond: metric,
    });
    expect(recordOf('runs/one').command).toMatch(
      /^ae train vae --data \S+\/tiny --set hidden=32 --epochs 2 --seed 1$/,
    );
  });

  it('trains a model of your own, which shares TensorFlow.js and @ae/models with the command line', async () => {
    const { ae, folder } = place;
    const source = `
      import { defineModel, squaredError } from '@ae/models';
      import * as tf from '@tensorflow/tfjs';
      import { units } from './units.ts';
      export default defineModel({
        name: 'mine', summary: 'one layer', paper: { authors: 'me', title: 'mine', venue: 'here', year: 2026 },
        defaults: { latentDim: 2 as number },
        build({ latentDim }) {
          const encoder = tf.sequential({ layers: [
            tf.layers.flatten({ inputShape: [28, 28, 1] }), tf.layers.dense({ units: latentDim, name: 'code' })] });
          const decoder = tf.sequential({ layers: [
            tf.layers.dense({ inputShape: [latentDim], units, activation: 'sigmoid', name: 'pixels' }),
            tf.layers.reshape({ targetShape: [28, 28, 1] })] });
          const encode = (x: tf.Tensor4D) => encoder.apply(x) as tf.Tensor2D;
          const decode = (z: tf.Tensor2D) => decoder.apply(z) as tf.Tensor4D;
          const variables = () => [...encoder.trainableWeights, ...decoder.trainableWeights].map((w) => w.read() as tf.Variable);
          const reconstruction = { variables, loss({ images }: { images: tf.Tensor4D }) {
            const loss = squaredError(decode(encode(images)).reshape([-1, 784]), images.reshape([-1, 784]));
            return { loss, reconstruction: loss };
          } };
          return { encoder, decoder, encode, decode, objectives: { reconstruction } };
        },
      });`;
    const { writeFileSync } = await import('node:fs');
    writeFileSync(join(folder, 'mine.ts'), source);
    writeFileSync(join(folder, 'units.ts'), 'export const units: number = 784;');
    const { code, stderr, stdout } = await ae(
      'train',
      './mine.ts',
      '--epochs',
      '1',
      '--backend',
      'wasm',
      '--data',
      'tiny',
      '--out',
      'runs/mine',
      '--json',
    );
    expect({ code, stderr }).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('mine, recipe default'),
    });
    expect(JSON.parse(stdout)).toMatchObject({
      run: 'runs/mine',
      report: 'runs/mine/report.html',
      model: 'mine',
      source: { entry: 'mine.ts', files: [{ path: 'mine.ts' }, { path: 'units.ts' }] },
    });
    expect(
      (await ae('reconstruct', 'runs/mine', '--count', '3', '--out', 'mine.svg', '--backend', 'wasm')).stdout,
    ).toBe('mine.svg\n');
  });
});

describe('the commands that open a run', () => {
  it('evaluates every metric beside a PCA of equal size, and keeps it for the report', async () => {
    const { code, stdout } = await place.ae('evaluate', 'runs/one', '--backend', 'wasm');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ +vae +PCA of 2\nloss +\d+\.\d\d +–\n(.*\n)+mse +0\.\d+ +0\.\d+\n$/);
    expect(JSON.parse(readFileSync(file('runs/one/evaluation.json'), 'utf8'))).toMatchObject({
      pca: { components: 2, mse: expect.any(Number) },
    });
    const { stdout: again } = await place.ae('report', 'runs/one', '--backend', 'wasm');
    expect(again).toBe('runs/one/report.html\n');
    expect(readFileSync(file('runs/one/report.html'), 'utf8')).toContain('PCA, 2 components');
  });

  it('measures the same numbers as at the end of training', async () => {
    const { stdout } = await place.ae('evaluate', 'runs/two', '--backend', 'wasm', '--json');
    const { test, pca } = JSON.parse(stdout) as { test: Record<string, number>; pca: { components: number } };
    expect(test).toEqual(recordOf('runs/two').metrics!.test);
    expect(pca.components).toBe(3);
  });

  it('draws reconstructions, samples and the code, and prints where', async () => {
    const { ae } = place;
    const [reconstruct, sample, latent, pca] = await Promise.all([
      ae('reconstruct', 'runs/one', '--count', '5', '--out', 'five.svg', '--png', '--backend', 'wasm'),
      ae('sample', 'runs/one', '--count', '9', '--seed', '3', '--out', 'nine.svg', '--backend', 'wasm'),
      ae('latent', 'runs/one', '--out', 'code.svg', '--backend', 'wasm'),
      ae('latent', 'runs/two', '--method', 'pca', '--out', 'pca.svg', '--backend', 'wasm'),
    ]);
    expect(reconstruct.stdout).toBe('five.svg\nfive.png\n');
    expect([sample.stdout, latent.stdout, pca.stdout]).toEqual(['nine.svg\n', 'code.svg\n', 'pca.svg\n']);
    for (const name of ['five', 'nine', 'code', 'pca'])
      expect(readFileSync(file(`${name}.svg`), 'utf8')).toMatch(/^<svg /);
    expect(readFileSync(file('five.png')).subarray(1, 4).toString()).toBe('PNG');
    expect(readFileSync(file('nine.svg'), 'utf8')).toContain('9 images drawn by the model');
  });

  it('says what went wrong with a code: on the terminal, in run.json, in the report and in comparisons', async () => {
    const dying = ['--set', 'codeActivation=relu', '--learning-rate', '1', '--out', 'runs/dead'];
    const { code, stderr } = await place.ae('train', 'ae', ...small, ...dying);
    expect(code).toBe(0);
    expect(stderr).toMatch(/The code died: all 60 test images have the same code/);
    const { findings } = recordOf('runs/dead');
    expect(findings!.map(({ kind }) => kind)).toContain('equal-codes');
    for (const { text } of findings!) {
      expect(stderr).toContain(text);
      expect(readFileSync(file('runs/dead/report.html'), 'utf8').replaceAll('&#39;', "'")).toContain(text);
    }
    const compared = await place.ae('compare', 'runs/two', 'runs/dead', '--out', 'dead.html');
    expect(compared.stderr).toContain('dead: The code died');
    const evaluated = await place.ae('evaluate', 'runs/dead', '--backend', 'wasm', '--json');
    expect(evaluated.stderr).toContain('The code died');
    expect(JSON.parse(evaluated.stdout)).toMatchObject({ findings });
  });

  it('warns on the terminal as on the page of losses that do not compare', async () => {
    const { stderr } = await place.ae('compare', 'runs/one', 'runs/two', '--out', 'kinds.html');
    expect(stderr).toContain(
      'The losses of vae and ae are of different kinds (reconstruction + kl; squared error)',
    );
    expect(readFileSync(file('kinds.html'), 'utf8')).toContain('between these runs only mse compares');
  });

  it('compares runs in a table and on a page', async () => {
    const { code, stdout } = await place.ae('compare', 'runs/one', 'runs/two', '--out', 'both.html');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^run +model +recipe +data +epochs +test loss .*\none +vae +default +tiny +2 /);
    expect(stdout.trim().split('\n').at(-1)).toBe('both.html');
    const page = readFileSync(file('both.html'), 'utf8');
    expect(page.match(/<svg /g)).toHaveLength(4);
    expect(existsSync(file('both.html.tmp'))).toBe(false);
  });

  it('refuses what the run cannot do', async () => {
    const { ae } = place;
    const [sample, code, one] = await Promise.all([
      ae('sample', 'runs/two', '--backend', 'wasm'),
      ae('latent', 'runs/two', '--method', 'code', '--backend', 'wasm'),
      ae('compare', 'runs/one'),
    ]);
    expect(sample).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('ae is not generative'),
    });
    expect(code).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('the code has 3 dimensions, expected at most 2; use --method pca'),
    });
    expect(one).toMatchObject({
      code: 2,
      stderr: 'Cannot compare: one run given, expected two or more run folders\n',
    });
  });
});
