import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { workplace } from './ae.js';

let place: Awaited<ReturnType<typeof workplace>>;
const at = (...path: string[]) => join(place.folder, ...path);
const write = (file: string, text: string) => {
  mkdirSync(dirname(at(file)), { recursive: true });
  writeFileSync(at(file), text);
};
const small = ['--data', './tiny', '--epochs', '2', '--backend', 'cpu'];

/** A linear autoencoder whose code leaves a mark wherever it runs. */
const model = ({ before = '', factor = '1' } = {}) => `${before}
import { writeFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { defineModel, squaredError, trainableVariables } from '@ae/models';
writeFileSync(${JSON.stringify(at('mark'))}, 'it ran');
export default defineModel({
  name: 'linear', summary: 'a linear autoencoder', defaults: { shape: [28, 28, 1], latentDim: 2 },
  build({ shape, latentDim }) {
    const encoder = tf.sequential({ layers: [tf.layers.flatten({ inputShape: shape }), tf.layers.dense({ units: latentDim })] });
    const decoder = tf.sequential({ layers: [tf.layers.dense({ inputShape: [latentDim], units: 784, activation: 'sigmoid' }), tf.layers.reshape({ targetShape: shape })] });
    const encode = (images) => encoder.apply(images);
    const decode = (codes) => decoder.apply(codes);
    const loss = ({ images }) => ({ loss: tf.mul(squaredError(decode(encode(images)), images), ${factor}) });
    return { encoder, decoder, encode, decode, objectives: { reconstruction: { variables: () => trainableVariables(encoder, decoder), loss } } };
  },
});
`;

/** Whether code ran in a command that somebody else types, who has trusted nothing. */
async function openedByAnother(...args: string[]) {
  rmSync(at('mark'), { force: true });
  const home = process.env.XDG_CONFIG_HOME;
  const ended = await place.start(...args).ended;
  expect(process.env.XDG_CONFIG_HOME).toBe(home);
  return { ...ended, ran: existsSync(at('mark')) };
}
/** Forgets what is trusted, as on a machine to which a run was carried. */
const carry = (from: string, to: string) => {
  renameSync(at(from), at(to));
  rmSync(at('.config'), { recursive: true, force: true });
};

beforeAll(async () => {
  place = await workplace({ train: 60, test: 30 });
  write('own.ts', model());
  expect(await place.ae('train', './own.ts', ...small, '--out', 'run')).toMatchObject({ code: 0 });
});
afterAll(() => place.remove());

describe("a run of one's own model", () => {
  it('keeps its source with its SHA-256, and works when the file and the folder are elsewhere', async () => {
    const text = readFileSync(at('own.ts'));
    const sha256 = createHash('sha256').update(text).digest('hex');
    expect(readFileSync(at('run', 'model.ts'))).toEqual(text);
    expect(JSON.parse(readFileSync(at('run', 'run.json'), 'utf8')).source).toEqual({
      entry: 'model.ts',
      files: [{ path: 'model.ts', sha256 }],
      sha256,
      from: at('own.ts'),
    });
    renameSync(at('own.ts'), at('gone.ts'));
    mkdirSync(at('mit Ümläuten'));
    renameSync(at('run'), at('mit Ümläuten', 'my run'));
    expect(await place.ae('evaluate', 'mit Ümläuten/my run', '--backend', 'cpu')).toMatchObject({ code: 0 });
    renameSync(at('mit Ümläuten', 'my run'), at('run'));
    renameSync(at('gone.ts'), at('own.ts'));
  });

  it('is measured with the source that it keeps; that the file has changed is said', async () => {
    const before = await place.ae('evaluate', 'run', '--backend', 'cpu', '--json');
    write('own.ts', model({ factor: '2' }));
    const kept = await place.ae('evaluate', 'run', '--backend', 'cpu', '--json');
    expect(JSON.parse(kept.stdout).test).toEqual(JSON.parse(before.stdout).test);
    expect(kept.stderr).toMatch(
      /own\.ts has changed since this run was trained with it: the source that the run keeps/,
    );
    const named = await place.ae('evaluate', 'run', '--backend', 'cpu', '--json', '--model', './own.ts');
    expect(JSON.parse(named.stdout).test.loss).toBeCloseTo(2 * JSON.parse(before.stdout).test.loss, 3);
    expect(named.stderr).toContain('./own.ts is not the source that the run was trained with');
    const resumed = await place.ae('train', './own.ts', '--out', 'run', '--resume', '--epochs', '3');
    expect(resumed).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('has changed since the run was started'),
    });
    write('own.ts', model());
  });

  it('runs none of its code for somebody else until that is trusted', async () => {
    carry('run', 'carried');
    for (const command of ['evaluate', 'reconstruct', 'latent', 'report', 'sample']) {
      const { code, ran, stderr } = await openedByAnother(command, 'carried', '--backend', 'cpu');
      expect([command, code, ran]).toEqual([command, 65, false]);
      expect(stderr).toMatch(/found model\.ts with the SHA-256 [0-9a-f]{64}, .*`ae trust carried`\n$/);
    }
    const resumed = await openedByAnother('train', '--out', 'carried', '--resume', '--epochs', '3');
    expect(resumed).toMatchObject({ code: 65, ran: false });
    const compared = await openedByAnother('compare', 'carried', 'carried');
    expect(compared).toMatchObject({ code: 0, ran: false });

    const trusted = await openedByAnother('trust', 'carried');
    expect(trusted).toMatchObject({
      code: 0,
      ran: false,
      stdout: expect.stringMatching(/^[0-9a-f]{64} {2}model\.ts\n$/),
    });
    expect(await openedByAnother('evaluate', 'carried', '--backend', 'cpu')).toMatchObject({
      code: 0,
      ran: true,
    });
    carry('carried', 'run');
    expect(await openedByAnother('evaluate', 'run', '--model', './own.ts', '--backend', 'cpu')).toMatchObject(
      { code: 0 },
    );
  });

  it('is refused with a source that was changed in the folder, or that leads out of it', async () => {
    const kept = readFileSync(at('run', 'model.ts'));
    writeFileSync(at('run', 'model.ts'), `${kept}\n// harmless`);
    const changed = await openedByAnother('trust', 'run');
    expect(changed).toMatchObject({
      code: 65,
      stderr: expect.stringContaining('found model.ts with the SHA-256'),
    });
    rmSync(at('run', 'model.ts'));
    symlinkSync(at('own.ts'), at('run', 'model.ts'));
    expect(await openedByAnother('trust', 'run')).toMatchObject({ code: 65, ran: false });
    rmSync(at('run', 'model.ts'));
    writeFileSync(at('run', 'model.ts'), kept);
  });

  it('takes packages from where the model was, never from the run folder', async () => {
    const packages = (folder: string, value: number) =>
      write(`${folder}/node_modules/factor/index.js`, `module.exports = ${value};\n`);
    packages('project', 1);
    write('project/own.ts', model({ before: "import factor from 'factor';", factor: 'factor' }));
    expect(await place.ae('train', './project/own.ts', ...small, '--out', 'packaged')).toMatchObject({
      code: 0,
    });
    packages('packaged', 7);
    renameSync(at('project'), at('gone'));
    const { code, stderr } = await place.ae('evaluate', 'packaged', '--backend', 'cpu');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(
        /it imports "factor", which is not installed, expected it in a node_modules of/,
      ),
    });
  });

  it('keeps what its file imports beside it, as it lay', async () => {
    write('parts/factor.ts', 'export const factor: number = 1;\n');
    write(
      'models/several.ts',
      model({ before: "import { factor } from '../parts/factor.js';", factor: 'factor' }),
    );
    expect(await place.ae('train', './models/several.ts', ...small, '--out', 'several')).toMatchObject({
      code: 0,
    });
    expect(readdirSync(at('several', 'model'), { recursive: true }).sort()).toEqual(
      ['models', 'models/several.ts', 'parts', 'parts/factor.ts'].sort(),
    );
    for (const folder of ['parts', 'models']) renameSync(at(folder), at(`${folder}-gone`));
    expect(await place.ae('evaluate', 'several', '--backend', 'cpu')).toMatchObject({ code: 0 });
  });

  it('samples without its data, and without loading any', async () => {
    const run = ['train', 'vae', ...small, '--set', 'hidden=8', '--out', 'generative'];
    expect(await place.ae(...run)).toMatchObject({ code: 0 });
    renameSync(at('tiny'), at('elsewhere'));
    expect(await place.ae('sample', 'generative', '--backend', 'cpu')).toMatchObject({ code: 0 });
    renameSync(at('elsewhere'), at('tiny'));
  });
});

describe('a model file that does not run', () => {
  it.each([
    ['is a folder', './tiny', 'found a folder, expected a file whose default export is defineModel'],
    ['is not there', './nowhere.ts', 'found no such file, expected a file'],
    [
      'has a mistake',
      'export default {',
      /Cannot load model ".*own-bad\.ts": ParseError: Unexpected token .*\(model\.ts:1:16\)/,
    ],
    [
      'imports what is not installed',
      "import 'left-pad';\nexport default 1;",
      'imports "left-pad", which is not installed',
    ],
    ['imports a file that is not there', "import './parts.js';", 'imports "./parts.js", which is not there'],
    ['throws', "throw new Error('Out of luck.');", /Out of luck \(model\.ts:1:\d+\), expected it to run/],
    ['exports nothing', 'export const a = 1;', 'expected what defineModel(…) returns'],
  ])('because it %s is refused in one line of our words', async (_what, textOrPath, message) => {
    const runs = () => (existsSync(at('runs')) ? readdirSync(at('runs')).length : 0);
    const before = runs();
    const isPath = textOrPath.startsWith('./');
    if (!isPath) write('own-bad.ts', textOrPath);
    const { code, stderr } = await place.ae('train', isPath ? textOrPath : './own-bad.ts', ...small);
    expect({ code, lines: stderr.trim().split('\n').length }).toEqual({ code: 2, lines: 1 });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/Require stack|ae-model-|TypeError/);
    expect(runs()).toBe(before);
  });
});

describe('a model whose code fails while it trains', () => {
  const failing = (loss: string) =>
    model().replace(
      'const loss = ',
      `const fail = () => { ${loss} };\nconst loss = (batch) => { fail(); return lossOf(batch); };\nconst lossOf = `,
    );
  it.each([
    [
      'throws in its loss',
      'undefined.shape;',
      /failed with "Cannot read properties of undefined .*" at model\.ts:\d+:\d+/,
    ],
    [
      'throws in a timer',
      "setTimeout(() => { throw new Error('too late'); });",
      /failed with "too late" at model\.ts:\d+:\d+/,
    ],
    [
      'rejects what nobody awaits',
      "void Promise.reject(new Error('let down'));",
      /failed with "let down" at model\.ts:\d+:\d+/,
    ],
    ['ends the process', 'process.exit(0);', /found process\.exit\(0\) at model\.ts:\d+:\d+/],
  ])('because it %s ends with 2 and says where, and its run has failed', async (what, code, message) => {
    write('failing.ts', failing(code));
    const out = `failing ${what}`;
    const ended = await place.ae('train', './failing.ts', ...small, '--out', out);
    expect({ code: ended.code, stderr: ended.stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(message),
    });
    expect(JSON.parse(readFileSync(at(out, 'run.json'), 'utf8')).status).toBe('failed');
  });
});

describe('the sources of all packages', () => {
  it('run code that is not theirs in one place', () => {
    const root = fileURLToPath(new URL('../../', import.meta.url));
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
      (file) => /^[^/]+\/src\/.*\.(ts|mts|js|mjs)$/.test(file) && !file.endsWith('.d.ts'),
    );
    const runsCode =
      /\bjiti\b|\beval\(|new Function\(|from 'node:vm'|\bimport\((?!\s*['"])|\brequire\((?!\s*['"])/;
    const found = files.filter((file) => {
      const code = readFileSync(join(root, file), 'utf8').replace(/^\s*(\/\/|\*|\/\*).*$/gm, '');
      return runsCode.test(code);
    });
    console.log(`${files.length} files looked at`);
    const known = [
      'backend/src/native/addon.ts', // our own compiled kernels, by the path at which they were built
      'backend/src/backends/tensorflow.ts', // an optional peer, by its name
      'data/src/node/decode-image.ts', // an optional peer, by its name
      'cli/src/version.ts', // our own package.json
      'runs/src/versions.ts', // the same
    ];
    expect(found.filter((file) => !known.includes(file)).map((file) => relative('', file))).toEqual([
      'runs/src/own-code/run-code.ts',
    ]);
  });
});
