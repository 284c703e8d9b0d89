import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { writeIdx } from '@ae/data';
import { digits, fileNames } from '@ae/data-mnist';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';

import { runProgram } from '../src/door.js';

// What people type wrongly. Each line ends with an exit code that says whose fault it is, in one or two lines of plain
// words that name what was typed, and leaves nothing behind.

const place = mkdtempSync(join(tmpdir(), 'ae-wrong-'));
const back = process.cwd();
beforeAll(async () => {
  process.chdir(place);
  const { train, test } = await digits({ train: 40, test: 20, validationCount: 0 });
  const idx = (folder: string, side = 28) => {
    mkdirSync(folder);
    const cut = (images: Uint8Array, count: number) => images.subarray(0, count * side * side);
    const write = (name: string, shape: number[], data: Uint8Array) =>
      writeFileSync(join(folder, name), writeIdx({ shape, data }));
    write(fileNames.trainImages, [40, side, side], cut(train.values, 40));
    write(fileNames.trainLabels, [40], train.labels);
    write(fileNames.testImages, [20, side, side], cut(test.values, 20));
    write(fileNames.testLabels, [20], test.labels);
  };
  idx('tiny');
  idx('odd', 27);
  mkdirSync('photos');
  writeFileSync('photos/cat.png', '\x89PNG');
  mkdirSync('full');
  writeFileSync('full/thesis.docx', 'years of work');
  for (const file of ['photos.csv', 'one.png', 'data.zip', 'a.npy', 'empty', 'notes.txt'])
    writeFileSync(file, 'a,b\n');
  writeFileSync('no-model.ts', 'export const a = 1;\n');
  mkdirSync('not-a-run');
});
afterAll(() => {
  process.chdir(back);
  rmSync(place, { recursive: true, force: true });
});

async function typed(line: readonly string[]): Promise<{ code: number; said: string }> {
  const { stdout, stderr } = process;
  const kept = [stdout.write, stderr.write] as const;
  let said = '';
  const hear =
    (add: (text: string) => void) =>
    (text: unknown, ...rest: unknown[]) => {
      add(String(text));
      rest.forEach((one) => typeof one === 'function' && one());
      return true;
    };
  stdout.write = hear(() => {}) as typeof stdout.write;
  stderr.write = hear((text) => (said += text)) as typeof stderr.write;
  try {
    return { code: await runProgram(line), said };
  } finally {
    [stdout.write, stderr.write] = kept;
  }
}

const vae = ['train', 'vae', '--data', './tiny', '--epochs', '1', '--backend', 'cpu', '--out', 'new'];
const set = (option: string, model = 'ae') => ['train', model, ...vae.slice(2), '--set', option];
const train = (...more: string[]) => [...vae, ...more];

/** Of a format that is known by their names, and not what these promise. */
const badFiles = ['photos.csv', 'one.png', 'data.zip', 'a.npy', 'photos'];

/** What is typed, and what must be named in the answer. */
const wrong: [line: readonly string[], named: string | RegExp, code?: number][] = [
  // commands and options
  [['tain'], 'did you mean "train"'],
  [['Train', 'vae'], 'unknown command "Train"'],
  [['train'], 'no <model> given'],
  [['train', 'vea'], 'did you mean "vae"'],
  [['train', 'VAE'], 'Cannot find model "VAE"'],
  [['train', ''], 'Cannot find model ""'],
  [['train', 'vae', 'ae'], 'too many arguments'],
  [['train', 'vae', '--epoch', '3'], 'did you mean "--epochs"'],
  [['train', 'vae', '--bach-size', '3'], 'did you mean "--batch-size"'],
  [['train', 'vae', '-e', '3'], 'unknown option "-e"'],
  [['train', 'vae', '--epochs'], 'no value after'],
  [['evaluate'], 'no <run> given'],
  [['evaluate', 'a', 'b'], 'too many arguments'],
  [['models', 'vea'], 'did you mean "vae"'],
  [['models', './no-model.ts'], 'expected what defineModel(…) returns'],
  [['models', './tiny'], 'found a folder'],
  [['models', './nowhere.ts'], 'no such file'],
  // numbers
  ...['0', '-1', '1.5', 'ten', '', ' ', '1e400', 'NaN', 'Infinity', '0x10', '1,000', '5 epochs'].map(
    (value): [string[], RegExp] => [train('--epochs', value), /--epochs/],
  ),
  ...['0', '-8', '2.5', 'many'].map((value): [string[], RegExp] => [
    train('--batch-size', value),
    /--batch-size/,
  ]),
  ...['0', '-0.1', 'fast', '1e400', 'NaN', ''].map((value): [string[], RegExp] => [
    train('--learning-rate', value),
    /--learning-rate/,
  ]),
  ...['-1', '1.5', 'one', '1e30'].map((value): [string[], RegExp] => [train('--seed', value), /--seed/]),
  ...['1', '-0.1', '2', 'half'].map((value): [string[], RegExp] => [
    train('--validation', value),
    /--validation/,
  ]),
  // options of a model
  [set('hidden=-3'), 'hidden'],
  [set('hidden=0'), 'hidden'],
  [set('hidden=1.5'), 'hidden'],
  [set('hidden=a,b'), 'hidden'],
  [set('hidden=64,,32'), 'hidden'],
  [set('hidden=1e12'), 'hidden'],
  [set('latentDim=0'), 'latentDim'],
  [set('latentDim=-2'), 'latentDim'],
  [set('latentDim=2.5'), 'latentDim'],
  [set('latentDim=1e9'), 'latentDim'],
  [set('latentDim=two'), 'latentDim'],
  [set('latentDim'), 'no "=" after a name'],
  [set('=3'), 'no "=" after a name'],
  [set(''), 'no "=" after a name'],
  [set('latentDims=3'), 'did you mean "latentDim"'],
  [set('__proto__=3'), '__proto__'],
  [set('constructor=3'), 'constructor'],
  [set('dropout=2'), 'dropout'],
  [set('dropout=-0.5'), 'dropout'],
  [set('codeActivation=tan'), 'codeActivation'],
  [set('shape=3,3,1'), 'shape'],
  [set('shape='), 'shape'],
  [set('channels=', 'conv-ae'), 'channels'],
  [set('channels=0,4', 'conv-ae'), 'channels'],
  [set('code=tree', 'conv-ae'), 'code'],
  [set('kernelSize=0', 'conv-vae'), 'kernelSize'],
  [set('kernelSize=-3', 'conv-vae'), 'kernelSize'],
  [set('channels=', 'conv-vae'), 'channels'],
  [set('latentDim=0', 'vae'), 'latentDim'],
  [['train', 'conv-ae', '--data', './odd', '--set', 'code=map', ...vae.slice(4)], /27 × 27|27,27/],
  [train('--recipe', 'orignal'), 'did you mean "original"'],
  [train('--recipe', ''), '--recipe'],
  // places
  [train('--backend', 'webgl'), '--backend webgl'],
  [train('--backend', 'CPU'), '--backend CPU'],
  [train('--backend', ''), '--backend'],
  [['train', 'vae', '--data', 'minst'], 'did you mean "mnist"'],
  [['train', 'vae', '--data', ''], '--data'],
  [['train', 'vae', '--data', './nowhere'], '--data ./nowhere'],
  ...['photos.csv', 'one.png', 'data.zip', 'a.npy', 'empty', 'photos', 'full', 'not-a-run'].map(
    (name): [string[], RegExp, number] => [
      ['train', 'vae', '--data', `./${name}`, ...vae.slice(4)],
      new RegExp(`${name}|cat.png|expected files of one format`),
      badFiles.includes(name) ? 65 : 2,
    ],
  ),
  [['train', 'vae', '--data', '/dev/null', ...vae.slice(4)], '/dev/null', 65],
  [['train', 'vae', '--data', 'mnist', '--data-dir', './nowhere'], '--data-dir ./nowhere'],
  [['train', 'vae', '--data', 'mnist', '--data-dir', ''], '--data-dir'],
  [['data', 'minst'], /minst/],
  [['data', './photos'], /cat\.png/, 65],
  [[...vae.slice(0, -1), 'notes.txt'], 'notes.txt'],
  [[...vae.slice(0, -1), 'full'], 'thesis.docx'],
  [[...vae.slice(0, -1), ''], '--out'],
  [[...vae.slice(0, -1), 'a\0b'], '--out'],
  [[...vae.slice(0, -1), 'notes.txt/run'], 'notes.txt', 74],
  [['train', '--resume'], 'no --out given'],
  // runs
  ...['evaluate', 'report', 'latent', 'reconstruct', 'sample', 'open', 'trust'].flatMap(
    (command): [string[], string][] => [
      [[command, 'nowhere'], 'no such folder'],
      [[command, 'not-a-run'], 'no run.json in it'],
    ],
  ),
  [['compare', 'nowhere'], 'one run given'],
  [['compare', 'nowhere', 'not-a-run'], 'no such folder'],
  [['reproduce', '--resume'], 'no --out given'],
  [['reproduce', '--epochs', '0'], '--epochs'],
  [['sample', 'nowhere', '--count', '0'], '--count'],
  [['sample', 'nowhere', '--count', '1e9'], '--count'],
  [['latent', 'nowhere', '--method', 'umap'], '--method umap'],
  [['reconstruct', 'nowhere', '--out', ''], '--out'],
  [['reconstruct', 'nowhere', '--out', 'notes.txt'], 'notes.txt'],
  [['score', 'nowhere'], 'neither --data nor --follow'],
  [['score', 'nowhere', '--data', 'a.csv', '--out', 'notes.txt'], 'notes.txt'],
  [['score', 'nowhere', '--follow', '--out', 'a.csv'], '--out beside --follow'],
  [['score', 'nowhere', '--data', 'a.csv', '--backend', 'fast'], '--backend fast'],
];

afterEach(() => rmSync('new', { recursive: true, force: true }));

describe(`${wrong.length} wrong command lines`, () => {
  const foreign =
    /\bat .+:\d+:\d+|TypeError|Cannot read propert|\bundefined\b|\[object |\bNaN\b(?!: expected)|Require stack|is not a function|ENOENT|Error:/;

  it.each(wrong.map(([line, named, code = 2]) => [line.join(' '), line, named, code] as const))(
    'ae %s',
    async (_text, line, named, code) => {
      const before = readdirSync(place, { recursive: true }).sort();
      const { code: found, said } = await typed(line);
      // What is said on the way to a fault, such as which backend computes, is not the answer.
      const answer = said.slice(Math.max(0, said.lastIndexOf('Cannot ')));
      expect({ found, answer }).toMatchObject({ found: code, answer: expect.stringMatching(/^Cannot /) });
      expect(answer).toMatch(named);
      expect(answer.trim().split('\n').length).toBeLessThanOrEqual(2);
      expect(answer.replaceAll(line.join(' '), '').replace(/(found|is|:|--\S+) NaN/g, '')).not.toMatch(
        foreign,
      );
      expect(readdirSync(place, { recursive: true }).sort()).toEqual(before);
    },
  );
});
