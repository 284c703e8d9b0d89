import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Part } from '../src/data-set.js';
import { DataError, DataNotFoundError, dataSets, fileNames } from '../src/index.js';
import { loadAuto, loadDataSet } from '../src/node.js';
import { loadPublished } from '../src/node/load.js';
import { sha256, tinyDataSet, tinyFiles } from './tiny.js';

let folder: string;
const before = process.cwd();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'data-mnist-'));
});
afterEach(() => {
  process.chdir(before);
  delete process.env['AE_DATA_DIR'];
  rmSync(folder, { recursive: true });
});

function writeFiles(into: string, leaveOut: readonly Part[] = [], suffix = ''): void {
  mkdirSync(into, { recursive: true });
  for (const [part, bytes] of Object.entries(tinyFiles()) as [Part, Uint8Array][])
    if (!leaveOut.includes(part))
      writeFileSync(join(into, fileNames[part] + suffix), suffix ? gzipSync(bytes) : bytes);
}

/** Loads the tiny data set as a published one; there is no mirror and no cache to fall back on. */
const load = (options: { dir?: string } = {}) =>
  loadPublished({ ...tinyDataSet([]), torchvision: 'Tiny' }, { cacheDir: join(folder, 'cache'), ...options });

describe('a name', () => {
  test.each(['mnist', 'fashion-mnist', 'kmnist'])('%s is never a folder of that name', async (name) => {
    writeFiles(join(folder, name));
    process.chdir(folder);
    const options = { cacheDir: join(folder, 'cache'), mirrors: [] };
    await expect(loadDataSet(name, options)).rejects.toThrow(`Cannot download ${name}: there are no mirrors`);
    expect((await loadDataSet(`./${name}`, options)).train.count).toBe(22);
    expect((await loadDataSet(`${name}/`, options)).name).toBe(name);
  });

  test('digits and auto are none either', async () => {
    for (const name of ['digits', 'auto']) writeFiles(join(folder, name));
    process.chdir(folder);
    const stop = new AbortController();
    const onProgress = () => stop.abort(new Error('drawing'));
    const options = { onProgress, signal: stop.signal, mirrors: [], cacheDir: join(folder, 'cache') };
    await expect(loadDataSet('digits', options)).rejects.toThrow('drawing');
    await expect(loadDataSet('auto')).rejects.toThrow('for a folder of that name say ./auto');
    expect((await loadDataSet('./auto')).train.count).toBe(22);
    expect((await loadDataSet('./digits')).train.count).toBe(22);
  });
});

describe('the folder that `dir` or AE_DATA_DIR names', () => {
  const wrong: [what: string, message: RegExp, make: (at: string) => void][] = [
    ['is not there', /found no such folder, expected the four IDX files/, () => {}],
    ['is empty', /found an empty folder/, (at) => mkdirSync(at)],
    [
      'holds photos',
      /found a folder with 2 .jpg files/,
      (at) => {
        mkdirSync(at);
        for (const name of ['a.jpg', 'b.jpg', 'notes.txt']) writeFileSync(join(at, name), 'x');
      },
    ],
    ['is a file', /found one .csv file/, (at) => writeFileSync(at, 'a,b\n')],
    [
      'has only some of the files',
      /found .*train-images-idx3-ubyte, expected train-labels-idx1-ubyte, t10k-labels-idx1-ubyte too/,
      (at) => writeFiles(at, ['trainLabels', 'testLabels']),
    ],
    [
      'has a truncated file',
      /train-images-idx3-ubyte: it is truncated, found 100 bytes, expected 304/,
      (at) => {
        writeFiles(at);
        truncateSync(join(at, fileNames.trainImages), 100);
      },
    ],
    [
      'has one changed byte',
      /t10k-images-idx3-ubyte: found SHA-256 \w+ for the unpacked file, expected/,
      (at) => {
        writeFiles(at);
        const bytes = tinyFiles().testImages;
        bytes[40]! ^= 1;
        writeFileSync(join(at, fileNames.testImages), bytes);
      },
    ],
    [
      'has a named pipe for a file',
      /train-images-idx3-ubyte: found a named pipe, expected a file/,
      (at) => {
        writeFiles(at, ['trainImages']);
        execFileSync('mkfifo', [join(at, fileNames.trainImages)]);
      },
    ],
  ];
  test.each(wrong)('that %s is said, and nothing takes its place', async (_, message, make) => {
    const at = join(folder, 'named.csv');
    make(at);
    await expect(load({ dir: at })).rejects.toThrow(message);
    process.env['AE_DATA_DIR'] = at;
    await expect(load()).rejects.toThrow(message);
    await expect(loadAuto({ cacheDir: join(folder, 'cache'), mirrors: [] })).rejects.toThrow(at);
  });

  test('that is called nothing is said', async () => {
    await expect(load({ dir: '' })).rejects.toThrow(DataNotFoundError);
  });

  test.each(['', 'tiny', 'Tiny/raw', 'raw'])(
    'may keep them in “%s”, as torchvision does, packed or not',
    async (place) => {
      for (const suffix of ['.gz', '']) {
        writeFiles(join(folder, 'root', place), [], suffix);
        expect((await load({ dir: join(folder, 'root') })).test.count).toBe(6);
        rmSync(join(folder, 'root'), { recursive: true });
      }
    },
  );

  test('is known by the names that torchvision gives', () => {
    expect(Object.values(dataSets).map(({ name, torchvision }) => [name, torchvision])).toEqual([
      ['fashion-mnist', 'FashionMNIST'],
      ['kmnist', 'KMNIST'],
      ['mnist', 'MNIST'],
    ]);
  });
});

describe('a folder of one’s own', () => {
  test('may be a root of torchvision’s with one data set; of two it asks which', async () => {
    writeFiles(join(folder, 'MNIST', 'raw'));
    expect((await loadDataSet(folder)).source).toBe(`the IDX files in ${join(folder, 'MNIST/raw')}`);
    expect((await loadDataSet(join(folder, 'MNIST'))).train.count).toBe(22);
    writeFiles(join(folder, 'FashionMNIST', 'raw'));
    await expect(loadDataSet(folder)).rejects.toThrow(
      /FashionMNIST\/raw and in .*\/MNIST\/raw, expected one set/,
    );
  });

  test.each<[string, RegExp, (at: string) => void]>([
    ['a table', /found one .csv file/, (at) => writeFileSync(at, '1,2\n')],
    ['an empty file', /found an empty file/, (at) => writeFileSync(at, '')],
    ['an empty folder', /found an empty folder/, (at) => mkdirSync(at)],
    ['a pipe', /found a named pipe/, (at) => execFileSync('mkfifo', [at])],
  ])('is not %s, which is said', async (_, message, make) => {
    const at = join(folder, 'photos.csv');
    make(at);
    await expect(loadDataSet(at)).rejects.toThrow(DataNotFoundError);
    await expect(loadDataSet(at)).rejects.toThrow(message);
  });

  test('is not one of its files', async () => {
    writeFiles(folder);
    await expect(loadDataSet(join(folder, fileNames.testImages))).rejects.toThrow(
      'found one of the four files, not their folder',
    );
  });

  test('is not a device or a socket', async () => {
    await expect(loadDataSet('/dev/null')).rejects.toThrow('found a device');
    const socket = createServer().listen(join(folder, 'socket'));
    await new Promise((resolve) => socket.once('listening', resolve));
    await expect(loadDataSet(join(folder, 'socket'))).rejects.toThrow('found a socket');
    writeFiles(join(folder, 'set'), ['trainLabels']);
    renameSync(join(folder, 'socket'), join(folder, 'set', fileNames.trainLabels));
    await expect(loadDataSet(join(folder, 'set'))).rejects.toThrow(/train-labels-idx1-ubyte: found a socket/);
    socket.close();
    await new Promise((resolve) => socket.once('close', resolve));
  });

  test('is read whatever packs it: the checksum is that of the unpacked bytes', async () => {
    writeFiles(join(folder, 'plain'));
    writeFiles(join(folder, 'packed'), [], '.gz');
    const sums = await Promise.all(
      ['plain', 'packed'].map(async (name) => (await loadDataSet(join(folder, name))).checksum),
    );
    const { trainImages, trainLabels, testImages, testLabels } = tinyFiles();
    const expected = sha256(Buffer.concat([trainImages, trainLabels, testImages, testLabels]));
    expect(sums).toEqual([expected, expected]);
  });

  test('that may not be read is an error of the system, not of the data (as a user without rights)', async () => {
    writeFiles(join(folder, 'set'));
    chmodSync(join(folder, 'set', fileNames.trainLabels), 0);
    const error = await asNobody(() => loadDataSet(join(folder, 'set')));
    expect(error).toMatchObject({ name: 'FileError', code: 'EACCES' });
    expect(error).not.toBeInstanceOf(DataError);
    expect((error as Error).message).toMatch(
      /train-labels-idx1-ubyte: found no permission to \(EACCES\), expected/,
    );
    chmodSync(join(folder, 'set'), 0);
    expect(await asNobody(() => loadDataSet(join(folder, 'set')))).toMatchObject({
      name: 'FileError',
      code: 'EACCES',
    });
    chmodSync(join(folder, 'set'), 0o700);
  });
});

/** What is thrown to a user who is not root; the thread's rights are taken back afterwards. */
async function asNobody(work: () => Promise<unknown>): Promise<unknown> {
  const isRoot = process.getuid?.() === 0;
  if (isRoot) {
    chmodSync(folder, 0o755);
    process.seteuid!(65534);
  }
  try {
    return await work().catch((error: unknown) => error);
  } finally {
    if (isRoot) process.seteuid!(0);
  }
}
