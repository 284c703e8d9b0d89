import { chmodSync, cpSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { fileNames } from '@ae/data-mnist';
import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';

import { workplace } from './ae.js';

let place: Awaited<ReturnType<typeof workplace>>;
const train = ['train', 'ae', '--set', 'hidden=16', '--epochs', '1', '--backend', 'wasm'];
const at = (...path: string[]) => join(place.folder, ...path);
const recordOf = (run: string) => JSON.parse(readFileSync(at(run, 'run.json'), 'utf8'));

beforeAll(async () => {
  place = await workplace();
  cpSync(at('tiny'), at('photos'), { recursive: true });
});
afterAll(() => place.remove());

/** The exit code and the last lines said. */
async function ending(...args: string[]) {
  const { code, stderr } = await place.ae(...args);
  return { code, said: stderr.trim() };
}

describe('the data of a run', () => {
  beforeAll(async () => {
    expect(await place.ae(...train, '--data', 'photos', '--out', 'run')).toMatchObject({ code: 0 });
    mkdirSync(at('moved', 'photos'), { recursive: true });
    for (const name of Object.values(fileNames))
      writeFileSync(at('moved', 'photos', `${name}.gz`), gzipSync(readFileSync(at('photos', name))));
    cpSync(at('photos'), at('changed'), { recursive: true });
    const file = at('changed', fileNames.testImages);
    const bytes = readFileSync(file);
    bytes[400]! ^= 1;
    writeFileSync(file, bytes);
    renameSync(at('photos'), at('gone'));
  });

  const commands = [
    ['evaluate', 'run', '--backend', 'wasm'],
    ['latent', 'run', '--backend', 'wasm'],
    ['reconstruct', 'run', '--backend', 'wasm'],
    ['report', 'run', '--backend', 'wasm'],
    ['train', '--out', 'run', '--resume'],
  ];

  it.each(commands)(
    'may be moved and packed: `ae %s` takes them by --data and --data-dir',
    async (...command) => {
      const endings = await Promise.all([
        ending(...command),
        ending(...command, '--data', './moved/photos'),
        ending(...command, '--data', 'changed'),
        ending(...command, '--data-dir', 'changed'),
        ending(...command, '--data', 'nowhere'),
      ]);
      const isFinished = command[0] === 'train'; // nothing is left to do, and no data are asked for
      expect(endings.map(({ code }) => code)).toEqual([isFinished ? 0 : 2, 0, 65, 65, 2]);
      expect(await ending(...command, '--data-dir', 'moved')).toMatchObject({ code: 0 });
      if (isFinished) return;
      expect(endings[0]!.said).toMatch(/found nothing at .*photos, expected the files .* by --data <folder>/);
      expect(endings[2]!.said).toMatch(
        /the IDX files in .*changed has the SHA-256 \w+, expected \w+ as when/,
      );
    },
  );
});

describe('the validation images of a folder', () => {
  it('are drawn by the seed, which is said and kept; --validation says how many', async () => {
    const run = (out: string, ...more: string[]) => ending(...train, '--data', 'tiny', '--out', out, ...more);
    const [plain, shared, none] = await Promise.all([
      run('plain', '--seed', '3'),
      run('shared', '--validation', '0.1'),
      run('none', '--validation', '0'),
    ]);
    expect([plain.code, shared.code, none.code]).toEqual([0, 0, 0]);
    expect(plain.said).toContain('25 of the 300 training images are for validation, drawn by seed 3');
    expect(recordOf('plain').data).toMatchObject({ train: 275, validation: 25, validationSeed: 3 });
    expect(recordOf('shared').data).toMatchObject({
      train: 270,
      validation: 30,
      validationSeed: 1,
      validationShare: 0.1,
    });
    expect(recordOf('shared').command).toContain('--validation 0.1');
    expect(recordOf('none').data).toMatchObject({ train: 300, validation: 0 });
    const other = await ending('train', '--out', 'shared', '--resume', '--validation', '0.2');
    expect(other).toMatchObject({
      code: 2,
      said: expect.stringContaining('--validation is 0.2 where the run was started with 0.1'),
    });
  });
});

describe('what is wrong with --data, --data-dir and AE_DATA_DIR', () => {
  test('is said, naming what was found: exit 2 for what was typed, 65 for what lies there', async () => {
    mkdirSync(at('notes'));
    for (const name of ['a.md', 'b.md']) writeFileSync(at('notes', name), 'x');
    mkdirSync(at('empty'));
    for (const name of ['nothing', 'a.rar']) writeFileSync(at(name), '');
    const cases: [args: string[], code: number, said: string][] = [
      [['--data', 'a.rar'], 2, 'found a.rar, expected files of one format'],
      [['--data', 'notes'], 2, 'found a.md, b.md, expected files of one format'],
      [['--data', 'empty'], 2, 'found no file'],
      [['--data', 'nothing'], 2, 'found nothing, expected files of one format'],
      [['--data', './gone.csv'], 2, 'found no such file or folder, expected one of auto, '],
      [['--data', '/dev/null'], 65, 'found a device'],
      [['--data', ''], 2, 'found no name'],
      [['--data', 'mnist', '--data-dir', 'empty'], 2, 'found an empty folder'],
      [['--data', 'auto', '--data-dir', 'notes'], 2, 'found a folder with 2 .md files'],
      [['--data', 'kmnist', '--data-dir', ''], 2, 'no such folder'],
      [['--data', 'tiny', '--validation', '1'], 2, 'expected a share from 0 to below 1'],
      [['--data', 'digits', '--size', 'large'], 2, 'expected pixels such as 32'],
    ];
    const endings = await Promise.all(cases.map(([args]) => ending(...train, ...args)));
    expect(endings.map(({ code }) => code)).toEqual(cases.map(([, code]) => code));
    endings.forEach(({ said }, i) => expect(said).toContain(cases[i]![2]));
  });

  it('is never a folder of the name in the working directory: a name is a name', async () => {
    for (const name of ['mnist', 'auto']) cpSync(at('tiny'), at(name), { recursive: true });
    expect(await ending(...train, '--data', 'mnist')).toMatchObject({
      code: 69,
      said: expect.stringContaining(
        'mnist is the data set of that name; for the folder here, say --data ./mnist',
      ),
    });
    expect(await ending('data', './auto', '--out', 'sheet.svg')).toMatchObject({ code: 0 });
  });

  it('is a permission where it is one: exit 74', async () => {
    if (process.getuid?.() === 0) return console.log('skipped as root, who may read everything');
    cpSync(at('tiny'), at('locked'), { recursive: true });
    chmodSync(at('locked'), 0);
    expect(await ending(...train, '--data', 'locked')).toMatchObject({
      code: 74,
      said: expect.stringContaining('no permission'),
    });
    chmodSync(at('locked'), 0o700);
  });
});
