import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { zipSync } from 'fflate';
import { archive, type Examples, fileOfBytes, readData, writeNpy } from '../src/index.js';
import { pythonWith, testWith } from './other-programs.js';
import { plainPng } from './pictures.js';

const python = pythonWith('tarfile', 'zipfile');
const long = `deep/${'x'.repeat(60)}/${'y'.repeat(60)}/${'z'.repeat(60)}`;
const pictures = [
  plainPng('cats/1.png', 1),
  plainPng('cats/2.png', 2),
  plainPng(`dogs/${long}.png`, 3),
  plainPng('dogs/Ж 犬.png', 4),
];

/** The pictures, things that are none, and a link, in a folder on a disk. */
async function inFolder<Result>(use: (folder: string) => Result | Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'ae-archive-'));
  try {
    for (const { name, read } of pictures) {
      mkdirSync(dirname(join(folder, 'set', name)), { recursive: true });
      writeFileSync(join(folder, 'set', name), await read());
    }
    mkdirSync(join(folder, 'set/__MACOSX'));
    writeFileSync(join(folder, 'set/__MACOSX/1.png'), 'none');
    writeFileSync(join(folder, 'set/cats/._1.png'), 'none');
    symlinkSync('1.png', join(folder, 'set/cats/link.png'));
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function expectPictures(name: string, bytes: Uint8Array, prefix: string): Promise<void> {
  const found = await readData(name, [fileOfBytes(name, bytes)]);
  expect(found.format).toBe('image-folder');
  const { all } = found as unknown as { all: Examples };
  expect(all.names).toEqual(pictures.map((picture) => prefix + picture.name));
  expect([all.values[0], all.values[4], all.values[8], all.values[12]]).toEqual([1, 2, 3, 4]);
  expect([all.classes, all.labels]).toEqual([['cats', 'dogs'], Uint8Array.of(0, 0, 1, 1)]);
}

const has = (program: string) => spawnSync(program, ['--version']).status === 0;
const tar = (folder: string, ...options: string[]) =>
  spawnSync('tar', [...options, '-cf', '-', 'set'], { cwd: folder, maxBuffer: 2 ** 26 }).stdout;

describe('an archive', () => {
  for (const format of ['gnu', 'pax', 'ustar'])
    (has('tar') ? test : test.skip)(
      `that tar wrote as ${format} is read as the folder would be`,
      async () => {
        await inFolder(async (folder) => {
          const bytes = tar(folder, `--format=${format}`);
          await expectPictures('set.tar', bytes, 'set/');
          await expectPictures('set.tar.gz', gzipSync(bytes), 'set/');
          await expectPictures('set.tgz', gzipSync(bytes), 'set/');
        });
      },
    );

  (has('zip') ? test : test.skip)('that zip wrote is read as the folder would be', async () => {
    await inFolder(async (folder) => {
      spawnSync('zip', ['-r', '-y', 'set.zip', 'set'], { cwd: folder });
      const listed = (
        await archive.open([fileOfBytes('x.zip', readFileSync(join(folder, 'set.zip')))], {})
      ).map(({ name }) => name);
      expect(listed).toEqual([
        'set/cats/1.png',
        'set/cats/2.png',
        'set/cats/link.png',
        ...pictures.slice(2).map(({ name }) => `set/${name}`),
      ]);
    });
  });

  testWith(python)('that Python wrote is read as the folder would be', async () => {
    await inFolder(async (folder) => {
      python!([
        '-c',
        `import os, tarfile, zipfile
os.chdir(${JSON.stringify(folder)})
with tarfile.open('p.tar', 'w', format=tarfile.PAX_FORMAT) as t: t.add('set', arcname='.')
with zipfile.ZipFile('p.zip', 'w', zipfile.ZIP_DEFLATED) as z:
    for root, _, names in os.walk('set'):
        for name in names:
            if name != 'link.png': z.write(os.path.join(root, name), os.path.relpath(os.path.join(root, name), 'set'))`,
      ]);
      await expectPictures('p.tar', readFileSync(join(folder, 'p.tar')), '');
      await expectPictures('p.zip', readFileSync(join(folder, 'p.zip')), '');
    });
  });

  test('of files of any format is read in theirs, with its options', async () => {
    const npy = writeNpy({ shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) });
    const zip = zipSync({ 'x.npy': npy });
    expect(await readData('x.zip', [fileOfBytes('x.zip', zip)])).toMatchObject({
      format: 'npy',
      all: { shape: [3], count: 2 },
    });
    await expect(readData('x.zip', [fileOfBytes('x.zip', zip)], { size: 3 })).rejects.toThrow(
      'Cannot read x.zip: found size 3, expected',
    );
  });

  test('within an archive is not opened', async () => {
    const inner = zipSync({ 'a.png': await pictures[0]!.read() });
    const outer = zipSync({ 'inner.zip': inner });
    await expect(readData('x.zip', [fileOfBytes('x.zip', outer)])).rejects.toMatchObject({
      name: 'DataError',
      message: expect.stringContaining('Cannot read x.zip: found inner.zip, expected files of one format'),
    });
  });

  (has('tar') ? test : test.skip)('that is cut anywhere is refused, and named', async () => {
    await inFolder(async (folder) => {
      const bytes = tar(folder, '--format=pax', '--sort=name');
      const end = bytes.findLastIndex((byte) => byte !== 0) + 1; // what comes then says that this is all
      for (let length = 1; length < end; length += 331)
        await expect(readData('x.tar', [fileOfBytes('x.tar', bytes.subarray(0, length))])).rejects.toThrow(
          /^Cannot read x.tar: .* it is cut$/,
        );
      const between = bytes.indexOf('set/cats/2.png');
      await expect(readData('x.tar', [fileOfBytes('x.tar', bytes.subarray(0, between))])).rejects.toThrow(
        `found its end at byte ${between}, expected blocks of 512 bytes; it is cut`,
      );
    });
  });

  test('that is no tar is refused, and named', async () => {
    const file = (bytes: Uint8Array) => [fileOfBytes('x.tar', bytes)];
    await expect(readData('x.tar', file(new Uint8Array(1024).fill(65)))).rejects.toThrow(
      'Cannot read x.tar: found no header at byte 0, expected one of a tar archive; it is damaged',
    );
    await expect(readData('x.tar', file(new Uint8Array()))).rejects.toThrow(
      'found its end at byte 0, expected blocks of 512 bytes; it is cut',
    );
  });

  test('that would fill memory is refused', async () => {
    const bomb = gzipSync(Buffer.alloc(2 ** 29));
    await expect(readData('x.tar.gz', [fileOfBytes('x.tar.gz', bomb)])).rejects.toThrow(
      /^Cannot unpack x.tar.gz: found 536870912 bytes in \d+, expected at most 268435456; unpack it yourself$/,
    );
    const lying = gzipSync(Buffer.alloc(100));
    new DataView(lying.buffer, lying.byteOffset).setUint32(lying.length - 4, 2 ** 28, true);
    await expect(readData('x.tgz', [fileOfBytes('x.tgz', lying)])).rejects.toThrow(
      /found a length of 268435456, expected one that \d+ bytes can have/,
    );
    const zip = zipSync({ 'a.png': new Uint8Array(2 ** 20) });
    await expect(readData('x.zip', [fileOfBytes('x.zip', zip)])).rejects.toThrow(
      'found bytes that begin 0x0000000000000000, expected a picture',
    );
  });

  test('stops when it is told to', async () => {
    const stop = new AbortController();
    stop.abort(new Error('enough'));
    const packed = gzipSync(Buffer.alloc(2 ** 20));
    await expect(
      readData('x.tgz', [fileOfBytes('x.tgz', packed)], {}, { signal: stop.signal }),
    ).rejects.toThrow('enough');
  });
});
