import { chmodSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { dataSets } from '@ae/data-mnist';
import { zoo } from '@ae/models';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { workplace } from './ae.js';

let place: Awaited<ReturnType<typeof workplace>>;
const train = ['train', 'ae', '--set', 'hidden=16', '--epochs', '1', '--backend', 'wasm', '--data', 'tiny'];

beforeAll(async () => {
  place = await workplace();
  expect(await place.ae(...train, '--out', 'good')).toMatchObject({ code: 0 });
});
afterAll(() => place.remove());

/** One line of message and the exit code; never a stack, never a result. */
async function refusal(...args: string[]) {
  const { code, stdout, stderr } = await place.ae(...args);
  expect(stdout).toBe('');
  expect(stderr).not.toMatch(/^\s+at /m);
  return { code, message: stderr.trim().split('\n').slice(-2).join(' ') };
}

/** A copy of the good run with one file changed. */
function damaged(name: string, change: (folder: string) => void): string {
  const folder = join(place.folder, name);
  mkdirSync(folder);
  for (const file of ['run.json', 'best.safetensors', 'checkpoint.safetensors', 'history.jsonl'])
    writeFileSync(join(folder, file), readFileSync(join(place.folder, 'good', file)));
  change(folder);
  return name;
}

describe('ae', () => {
  it('exits with 2 for what is typed wrongly, naming it and what is known', async () => {
    const refusals = await Promise.all([
      refusal('train', 'vea'),
      refusal('train', 'vae', '--epochs', 'ten'),
      refusal(...train, '--set', 'latentDims=3'),
      refusal(...train, '--set', 'latentDim=-1'),
      refusal(...train, '--data', 'minst'),
      refusal(...train, '--data-dir', 'nowhere'),
      refusal(...train, '--out', 'tiny'),
      refusal(...train, '--out', 'good'),
      refusal('evaluate', 'nowhere'),
      refusal('evaluate', 'tiny'),
    ]);
    expect(refusals.map(({ code }) => code)).toEqual(Array(10).fill(2));
    const names = {
      models: Object.keys(zoo),
      'options of ae': Object.keys(zoo.ae.defaults),
      'data sets': ['auto', ...Object.keys(dataSets), 'digits'],
    };
    const told = refusals.map(({ message }) =>
      Object.entries(names).reduce(
        (text, [kind, known]) => text.replace(known.join(', '), `<${kind}>`),
        message.replace(/ae-\d{4}-\d\d-\d\d-\d{6}/, 'ae-<time>'),
      ),
    );
    expect(told).toMatchInlineSnapshot(`
      [
        "Cannot find model "vea": expected one of <models>, or a file such as ./my-model.ts; did you mean "vae"?",
        "Cannot use --epochs ten: expected a whole number of at least 1",
        "Cannot read --set latentDims=3: unknown option "latentDims" of ae, expected one of <options of ae>; did you mean "latentDim"?",
        "run folder runs/ae-<time> Cannot build ae: latentDim is -1, expected a whole number from 1",
        "Cannot use --data minst: found no such file or folder, expected one of <data sets>, a file or a folder of data, or a .ts file that defines data; did you mean "mnist"?",
        "Cannot use --data-dir nowhere: no such folder",
        "Cannot train into --out tiny: it holds t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte, train-images-idx3-ubyte, …, expected a new or empty folder",
        "Cannot train into --out good: it holds a run, expected a new or empty folder; add --resume to go on with that run",
        "Cannot open run nowhere: no such folder, expected a run folder of \`ae train\`",
        "Cannot open run tiny: no run.json in it, expected a run folder of \`ae train\`",
      ]
    `);
  });

  it('exits with 65 for damaged data and damaged runs, naming the file', async () => {
    const { folder } = place;
    mkdirSync(join(folder, 'torn'));
    for (const file of [
      'train-images-idx3-ubyte',
      'train-labels-idx1-ubyte',
      't10k-images-idx3-ubyte',
      't10k-labels-idx1-ubyte',
    ])
      writeFileSync(join(folder, 'torn', file), readFileSync(join(folder, 'tiny', file)));
    truncateSync(join(folder, 'torn', 'train-images-idx3-ubyte'), 1000);
    const half = (file: string) => (run: string) => truncateSync(join(run, file), 200);
    const other = (run: string) =>
      writeFileSync(
        join(run, 'run.json'),
        readFileSync(join(run, 'run.json'), 'utf8').replace(/"checksum": "../, '"checksum": "00'),
      );
    const refusals = await Promise.all([
      refusal(...train, '--data', 'torn'),
      refusal('report', damaged('half-record', half('run.json'))),
      refusal('report', damaged('half-weights', half('best.safetensors')), '--backend', 'wasm'),
      refusal('report', damaged('half-history', half('history.jsonl')), '--backend', 'wasm'),
      refusal('train', '--out', damaged('half-checkpoint', half('checkpoint.safetensors')), '--resume'),
      refusal('evaluate', damaged('other-data', other), '--backend', 'wasm'),
    ]);
    expect(refusals.map(({ code, message }) => `${code} ${message.replaceAll(folder, '')}`)).toEqual([
      expect.stringMatching(/^65 Cannot read .*train-images-idx3-ubyte: /),
      expect.stringMatching(/^65 Cannot read half-record\/run\.json: found other contents than ae wrote/),
      expect.stringMatching(
        /^65 .*Cannot open run half-weights: best\.safetensors is damaged; run\.json, history\.jsonl, checkpoint\.safetensors are whole/,
      ),
      expect.stringMatching(/^65 .*Cannot open run half-history: history\.jsonl is damaged; run\.json, /),
      expect.stringMatching(/^65 .*Cannot open run half-checkpoint: checkpoint\.safetensors is damaged; /),
      expect.stringMatching(/^65 .*Cannot read other-data\/run\.json: found other contents than ae wrote/),
    ]);
  });

  it('exits with 3 where the loss is not finite, and keeps the run from being taken for a good one', async () => {
    const wild = [
      '--data',
      'tiny',
      '--epochs',
      '2',
      '--backend',
      'wasm',
      '--learning-rate',
      '1e30',
      '--set',
      'hidden=16',
    ];
    const [loss, weights] = await Promise.all([
      refusal('train', 'vae', ...wild, '--out', 'wild'),
      refusal('train', 'ae', ...wild, '--out', 'wilder'),
    ]);
    expect(loss.message).toMatch(/is (NaN|Infinity) at step \d+ .*lower the learning rate/);
    expect(weights.message).toMatch(
      /Cannot go on training: (the weight \S+|\S*loss) is (NaN|-?Infinity) at step \d+ .*lower the learning rate/,
    );
    expect([loss.code, weights.code]).toEqual([3, 3]);
    expect(JSON.parse(readFileSync(join(place.folder, 'wild', 'run.json'), 'utf8'))).toMatchObject({
      status: 'failed',
    });
  });

  it('exits with 69 where nothing can be downloaded, and says what to do', async () => {
    const { code, message } = await refusal('data', 'mnist');
    expect({ code, message }).toEqual({
      code: 69,
      message: expect.stringMatching(/^Cannot download mnist: .*--data-dir or AE_DATA_DIR/),
    });
  });

  const isRoot = process.getuid?.() === 0;
  (isRoot ? it.skip : it)('exits with 74 where it may not write (not as root, who may)', async () => {
    mkdirSync(join(place.folder, 'locked'));
    chmodSync(join(place.folder, 'locked'), 0o500);
    expect(await refusal(...train, '--out', 'locked/run')).toMatchObject({ code: 74 });
  });

  it('exits with 74 where a file stands in the way of a folder', async () => {
    writeFileSync(join(place.folder, 'file'), '');
    const { code, message } = await refusal(...train, '--out', 'file/run');
    expect({ code, message }).toEqual({
      code: 74,
      message: expect.stringContaining('found a file, expected a folder'),
    });
  });

  it('prints the stack of a failure with --verbose only', async () => {
    const { code, stderr } = await place.ae('evaluate', 'nowhere', '--verbose');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^UsageError: Cannot open run nowhere: .*\n\s+at /);
  });
});
