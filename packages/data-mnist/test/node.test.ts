import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import { type Part, parts } from '../src/data-set.js';
import { writeIdx } from '@ae/data';
import { DataError, dataSets, digits, fileNames, type LabelledImages } from '../src/index.js';
import { CacheError, defaultCacheFolder, inspectCache, loadAuto, loadDataSet } from '../src/node.js';
import { loadPublished } from '../src/node/load.js';
import { type Loopback, loopback } from './loopback.js';
import { sha256, tinyDataSet, tinyFiles, tinyMirror } from './tiny.js';

let folder: string;
let cacheDir: string;
let mirror: Loopback;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'data-mnist-'));
  cacheDir = join(folder, 'cache');
  mirror = await loopback(tinyMirror());
  delete process.env['AE_DATA_DIR'];
});
afterEach(async () => {
  await mirror.close();
  rmSync(folder, { recursive: true });
});

const load = (options = {}) => loadPublished(tinyDataSet([mirror.url]), { cacheDir, ...options });
const cached = () => readdirSync(join(cacheDir, 'tiny')).sort();
const published = Object.values(fileNames)
  .map((name) => `${name}.gz`)
  .sort();
const checksum = sha256(Buffer.concat(parts.map((part) => tinyFiles()[part])));

/** Writes files of the tiny data set into a folder. */
function writeFiles(into: string, change: Partial<Record<Part, Uint8Array | undefined>> = {}, suffix = '') {
  mkdirSync(into, { recursive: true });
  for (const [part, bytes] of Object.entries({ ...tinyFiles(), ...change })) {
    if (bytes) writeFileSync(join(into, fileNames[part as Part] + suffix), suffix ? gzipSync(bytes) : bytes);
  }
}

describe('loading a published data set', () => {
  test('downloads once, and then reads the cache', async () => {
    const first = await load();
    expect(first).toMatchObject({ name: 'tiny', source: `tiny from ${mirror.url}`, checksum });
    expect([first.train.count, first.validation.count, first.test.count]).toEqual([22, 2, 6]);
    expect(mirror.requests.length).toBe(4);
    expect(cached()).toEqual(published);

    const second = await load();
    expect(second).toEqual({ ...first, source: `tiny from the cache in ${join(cacheDir, 'tiny')}` });
    expect(mirror.requests.length).toBe(4);
  });

  test('verifies the cache at every load and downloads anew what is damaged', async () => {
    await load();
    const file = join(cacheDir, 'tiny', published[2]!);
    const other = gzipSync(tinyFiles().trainImages.map((byte, i) => (i < 16 ? byte : 0)));
    for (const damage of [
      other,
      readFileSync(file).subarray(0, 50),
      Buffer.alloc(3e6),
      Buffer.from('<html>'),
    ]) {
      writeFileSync(file, damage);
      const before = mirror.requests.length;
      expect((await load()).checksum).toBe(checksum);
      expect(mirror.requests.slice(before)).toEqual(['/train-images-idx3-ubyte.gz']);
    }
  });

  test('verifies the publisher’s gzip where nothing else is pinned', async () => {
    const dataSet = tinyDataSet([mirror.url], 'gzipSha256');
    await loadPublished(dataSet, { cacheDir });
    const file = join(cacheDir, 'tiny', published[2]!);
    writeFileSync(file, gzipSync(tinyFiles().trainImages.map((byte, i) => (i < 16 ? byte : 0))));
    expect((await loadPublished(dataSet, { cacheDir })).checksum).toBe(checksum);
    expect(mirror.requests.length).toBe(5);
  });

  test('leaves nothing behind when a download fails', async () => {
    await mirror.close();
    await expect(load()).rejects.toThrow(
      /Cannot download tiny: .*; without a network, put train-images-idx3-ubyte.gz, .* into a folder/,
    );
    expect(cached()).toEqual([]);
    mirror = await loopback({ ...tinyMirror(), '/t10k-labels-idx1-ubyte.gz': Buffer.from('<html>') });
    await expect(load()).rejects.toThrow(/t10k-labels-idx1-ubyte.gz: found a web page/);
    expect(cached()).toEqual(published.slice(0, 1).concat(published.slice(2)));
  });

  test('leaves nothing behind when it is stopped', async () => {
    const silent = await loopback(() => {});
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('enough')), 100);
    await expect(loadPublished(tinyDataSet([silent.url]), { cacheDir, signal: stop.signal })).rejects.toThrow(
      'enough',
    );
    await silent.close();
    expect(cached()).toEqual([]);
  });

  test('goes on with what an interrupted download had brought, and removes what it had begun', async () => {
    await load();
    rmSync(join(cacheDir, 'tiny', published[1]!));
    writeFileSync(join(cacheDir, 'tiny', `.part-${published[1]!}.123`), 'half');
    await load();
    expect(mirror.requests.slice(4)).toEqual(['/t10k-labels-idx1-ubyte.gz']);
    expect(cached()).toEqual(published);
  });

  test('prefers `dir`, then AE_DATA_DIR, then the cache', async () => {
    await load();
    const [dir, env] = [join(folder, 'dir'), join(folder, 'env')];
    expect((await load()).source).toMatch('from the cache');
    process.env['AE_DATA_DIR'] = env;
    writeFiles(env, {}, '.gz');
    expect((await load()).source).toBe(`tiny from ${env}`);
    writeFiles(join(dir, 'tiny'));
    const { source, checksum: found } = await load({ dir });
    expect({ source, found }).toEqual({ source: `tiny from ${join(dir, 'tiny')}`, found: checksum });
  });

  test('does not take another data set for the one it wants, though its files have the same names', async () => {
    const dataSet = tinyDataSet([mirror.url]);
    const original = { ...dataSets.mnist.files.trainLabels };
    const mnistLabels = writeIdx({ shape: [24], data: new Uint8Array(24).fill(5) });
    Object.assign(dataSets.mnist.files.trainLabels, { sha256: sha256(mnistLabels) });
    writeFiles(folder, { trainLabels: mnistLabels });
    try {
      await expect(loadPublished(dataSet, { cacheDir, dir: folder })).rejects.toThrow(
        `Cannot load tiny from ${folder}: found the files of mnist, expected the four IDX files`,
      );
      writeFiles(join(folder, 'tiny'));
      expect((await loadPublished(dataSet, { cacheDir, dir: folder })).checksum).toBe(checksum);
    } finally {
      Object.assign(dataSets.mnist.files.trainLabels, original);
    }
  });

  test('refuses a folder that holds it damaged or in part', async () => {
    writeFiles(folder, { testImages: tinyFiles().testImages.map((byte, i) => (i < 16 ? byte : 0)) });
    await expect(load({ dir: folder })).rejects.toThrow(
      new RegExp(
        `Cannot read ${join(folder, 't10k-images-idx3-ubyte')}: found SHA-256 .* for the unpacked file, expected`,
      ),
    );
    rmSync(join(folder, 't10k-images-idx3-ubyte'));
    await expect(load({ dir: folder })).rejects.toThrow(DataError);
    await expect(load({ dir: folder })).rejects.toThrow(
      /found .*train-images-idx3-ubyte, expected t10k-images-idx3-ubyte too/,
    );
    expect(mirror.requests).toEqual([]);
  });

  test('says where it cannot keep a download, and why', async () => {
    writeFileSync(cacheDir, 'a file where a folder should be');
    const error = await load().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(CacheError);
    expect(error).toMatchObject({ code: 'ENOTDIR' });
    expect((error as Error).message).toMatch(`Cannot keep a download in ${join(cacheDir, 'tiny')}: ENOTDIR`);
  });
});

describe('loadDataSet()', () => {
  test('loads a folder of IDX files of any count and size, packed or not, named with a dash or a dot', async () => {
    writeFiles(folder, { trainLabels: undefined });
    writeFileSync(join(folder, 'train-labels.idx1-ubyte.gz'), gzipSync(tinyFiles().trainLabels));
    const set = await loadDataSet(folder, { validationCount: 4 });
    expect(set).toMatchObject({
      name: folder.split('/').at(-1),
      source: `the IDX files in ${folder}`,
      checksum,
    });
    expect([set.train.count, set.validation.count, set.test.count]).toEqual([20, 4, 6]);
    expect(set.test.shape).toEqual([4, 3, 1]);
  });

  test('writes and reads the same: generated digits in a folder have the same checksum', async () => {
    const drawn = await digits({ train: 40, test: 10, validationCount: 0 });
    const images = ({ values, count }: LabelledImages) => writeIdx({ shape: [count, 28, 28], data: values });
    const labels = ({ labels, count }: LabelledImages) => writeIdx({ shape: [count], data: labels });
    const { train, test: unseen } = drawn;
    writeFiles(folder, {
      trainImages: images(train),
      trainLabels: labels(train),
      testImages: images(unseen),
      testLabels: labels(unseen),
    });
    const read = await loadDataSet(folder, { validationCount: 0 });
    expect(read.checksum).toBe(drawn.checksum);
    expect(read.train.values).toEqual(train.values);
    expect(read.test.labels).toEqual(unseen.labels);
  });

  test.each<[string, RegExp, Partial<Record<Part, Uint8Array | undefined>>]>([
    [
      'a missing file',
      /found no t10k-labels-idx1-ubyte, expected it there, with or without .gz/,
      { testLabels: undefined },
    ],
    [
      'a wrong magic number',
      /train-labels-idx1-ubyte: found the magic number 0x00000803, expected 0x00000801/,
      { trainLabels: tinyFiles().testImages },
    ],
    [
      'a truncated file',
      /train-images-idx3-ubyte: it is truncated, found 100 bytes, expected 304/,
      { trainImages: tinyFiles().trainImages.subarray(0, 100) },
    ],
    [
      'trailing bytes',
      /t10k-labels-idx1-ubyte: it has trailing bytes, found 15 bytes, expected 14/,
      { testLabels: Buffer.concat([tinyFiles().testLabels, Buffer.alloc(1)]) },
    ],
    [
      'labels of another count',
      /train-labels-idx1-ubyte: found 6 labels, expected one for each of the 24 images/,
      { trainLabels: tinyFiles().testLabels },
    ],
    [
      'a web page',
      /train-images-idx3-ubyte: found a web page that begins "<html>hello"/,
      { trainImages: Buffer.from('<html>hello') },
    ],
    [
      'an empty file',
      /train-images-idx3-ubyte: it is truncated, found 0 bytes, expected a header/,
      { trainImages: new Uint8Array() },
    ],
    [
      'a gzip bomb',
      /train-images-idx3-ubyte: it has trailing bytes, found more/,
      { trainImages: gzipSync(Buffer.concat([tinyFiles().trainImages, Buffer.alloc(5e6)])) },
    ],
    [
      'a header that promises more than fits',
      /announces shape \[2147483647,28,28\], \d+ bytes, expected at most 1073741824/,
      { trainImages: gzipSync(Uint8Array.from([0, 0, 8, 3, 127, 255, 255, 255, 0, 0, 0, 28, 0, 0, 0, 28])) },
    ],
  ])('refuses a folder with %s', async (_, message, change) => {
    writeFiles(folder, change);
    await expect(loadDataSet(folder)).rejects.toThrow(DataError);
    await expect(loadDataSet(folder)).rejects.toThrow(message);
    await expect(loadDataSet(folder)).rejects.toThrow(folder);
  });

  test('refuses a file that is a folder', async () => {
    writeFiles(folder, { trainImages: undefined });
    mkdirSync(join(folder, fileNames.trainImages));
    await expect(loadDataSet(folder)).rejects.toThrow(
      /train-images-idx3-ubyte: found a folder, expected a file/,
    );
  });

  test('does not read what else lies in a folder', async () => {
    writeFiles(folder);
    writeFileSync(join(folder, 'huge.bin'), '');
    writeFileSync(join(folder, `${fileNames.trainImages}.gz`), 'not read because the unpacked file is there');
    expect((await loadDataSet(folder)).train.count).toBe(22);
  });

  test('refuses what is neither a name nor a folder', async () => {
    await expect(loadDataSet('minst')).rejects.toThrow(
      new TypeError(
        `Cannot load data set "minst": found no such folder, expected one of ${Object.keys(dataSets).join(', ')}, digits, or a folder that holds the four IDX files (train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte, with or without .gz)`,
      ),
    );
    await expect(loadDataSet('toString')).rejects.toThrow(TypeError);
  });

  test('never takes digits for a data set that was asked for by name', async () => {
    await mirror.close();
    await expect(loadDataSet('mnist', { cacheDir, mirrors: [mirror.url] })).rejects.toThrow(
      /Cannot download mnist: .*ECONNREFUSED.* name the folder around it by --data-dir or AE_DATA_DIR/,
    );
  });

  test('does not begin when it is stopped already', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    for (const name of ['mnist', 'digits', folder])
      await expect(loadDataSet(name, { signal, cacheDir })).rejects.toThrow('enough');
    expect(existsSync(cacheDir)).toBe(false);
  });
});

describe('loadAuto()', () => {
  test('draws digits where MNIST cannot be had, and says so in one line', async () => {
    await mirror.close();
    const set = await loadAuto({ cacheDir, mirrors: [mirror.url] });
    expect([set.name, set.source]).toEqual(['digits', 'drawn by the embedded generator with seed 1']);
    expect(set.notice).toMatch(
      /^Cannot download mnist: .* could not be read: .*: generated digits take its place; name a folder that holds MNIST by --data-dir or AE_DATA_DIR$/,
    );
    expect(set.notice).not.toMatch('\n');
  });

  test('gives a network that swallows everything a second per mirror', async () => {
    const silent = await loopback(() => {});
    const stop = new AbortController();
    const start = performance.now();
    let drawing = Infinity;
    const onProgress = () => {
      drawing = performance.now() - start;
      stop.abort(new Error('seen enough'));
    };
    const mirrors = [silent.url, silent.url];
    await expect(loadAuto({ cacheDir, mirrors, onProgress, signal: stop.signal })).rejects.toThrow(
      'seen enough',
    );
    await silent.close();
    expect(drawing).toBeGreaterThan(1900);
    expect(drawing).toBeLessThan(6000); // 2000 on a quiet machine
  });

  test('draws digits where there is nowhere to keep a download', async () => {
    writeFileSync(cacheDir, 'a file where a folder should be');
    const stop = new AbortController();
    const onProgress = () => stop.abort(new Error('drawing'));
    await expect(loadAuto({ cacheDir, mirrors: [], onProgress, signal: stop.signal })).rejects.toThrow(
      'drawing',
    );
  });

  test('refuses a damaged MNIST that it was pointed to', async () => {
    writeFiles(folder);
    await expect(loadAuto({ dir: folder, cacheDir, mirrors: [] })).rejects.toThrow(DataError);
  });
});

describe('the cache', () => {
  test('lies where the system keeps caches', () => {
    expect(defaultCacheFolder({ XDG_CACHE_HOME: '/caches' }, 'linux')).toBe('/caches/ae/data');
    expect(defaultCacheFolder({}, 'linux')).toMatch(/\/\.cache\/ae\/data$/);
    expect(defaultCacheFolder({}, 'darwin')).toMatch(/\/Library\/Caches\/ae\/data$/);
    expect(defaultCacheFolder({ LOCALAPPDATA: '/local' }, 'win32')).toBe('/local/ae/data');
  });

  test('can be looked into', async () => {
    const mnist = join(cacheDir, 'mnist');
    mkdirSync(mnist, { recursive: true });
    writeFileSync(join(mnist, 'train-images-idx3-ubyte.gz'), 'seven b');
    expect(await inspectCache({ cacheDir })).toEqual([
      { name: 'fashion-mnist', folder: join(cacheDir, 'fashion-mnist'), files: 0, bytes: 0 },
      { name: 'kmnist', folder: join(cacheDir, 'kmnist'), files: 0, bytes: 0 },
      { name: 'mnist', folder: mnist, files: 1, bytes: 7 },
    ]);
  });
});
