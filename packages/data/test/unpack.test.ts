import { describe, expect, test } from '@jest/globals';
import { Readable } from 'node:stream';
import { createGunzip, gzipSync } from 'node:zlib';
import { DataError, unpackIdx, writeIdx } from '../src/index.js';

const gunzip = (packed: Uint8Array) => Readable.from([packed]).pipe(createGunzip());
const options = { file: 'x.gz', limit: 1000, gunzip };
const idx = writeIdx({ shape: [10, 10], data: new Uint8Array(100).fill(7) });

describe('unpackIdx()', () => {
  test('takes a file packed or not', async () => {
    expect(await unpackIdx(gzipSync(idx), options)).toEqual(idx);
    expect(await unpackIdx(idx, options)).toBe(idx);
  });

  test('reads a header that comes in single bytes', async () => {
    const drip = async function* () {
      for (const byte of idx) yield Uint8Array.of(byte);
    };
    expect(await unpackIdx(gzipSync(idx), { ...options, gunzip: drip })).toEqual(idx);
  });

  test('stops at the first byte too many of a gzip bomb, having taken no memory for it', async () => {
    let unpacked = 0;
    const bomb = async function* () {
      yield idx.subarray(0, 50);
      for (; unpacked < 2 ** 40; unpacked += 2 ** 16) yield new Uint8Array(2 ** 16);
    };
    await expect(unpackIdx(gzipSync(idx), { ...options, gunzip: bomb })).rejects.toThrow(
      new DataError(
        'Cannot read x.gz: it has trailing bytes, found more, expected 112 bytes for shape [10,10]',
      ),
    );
    expect(unpacked).toBeLessThanOrEqual(2 ** 16);
  });

  test('stops a real gzip bomb of 50 MB', async () => {
    const bomb = gzipSync(Buffer.concat([idx, Buffer.alloc(5e7)]));
    expect(bomb.length).toBeLessThan(6e4);
    const before = process.memoryUsage().arrayBuffers;
    await expect(unpackIdx(bomb, options)).rejects.toThrow('trailing bytes');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2e7);
  });

  test('refuses a header that announces more than the limit before it takes memory', async () => {
    const huge = Uint8Array.from([0, 0, 8, 3, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255]);
    for (const bytes of [huge, gzipSync(huge)])
      await expect(unpackIdx(bytes, options)).rejects.toThrow(DataError);
    await expect(unpackIdx(gzipSync(huge), options)).rejects.toThrow(
      /Cannot read x.gz: found a header that announces shape \[4294967295,4294967295,4294967295\], .* bytes, expected at most 1000/,
    );
    for (const bytes of [idx, gzipSync(idx)])
      await expect(unpackIdx(bytes, { ...options, limit: idx.length - 1 })).rejects.toThrow(
        'found a header that announces shape [10,10], 112 bytes, expected at most 111',
      );
  });

  test('refuses a truncated gzip, and a gzip of a truncated file', async () => {
    const packed = gzipSync(idx);
    await expect(unpackIdx(packed.subarray(0, packed.length - 9), options)).rejects.toThrow(
      'Cannot unpack x.gz: unexpected end of file, expected a whole gzip file',
    );
    await expect(unpackIdx(gzipSync(idx.subarray(0, 60)), options)).rejects.toThrow(
      new DataError('Cannot read x.gz: it is truncated, found 60 bytes, expected 112 for shape [10,10]'),
    );
    await expect(unpackIdx(gzipSync(idx.subarray(0, 6)), options)).rejects.toThrow(
      'it is truncated, found 6 bytes',
    );
  });

  test('refuses a damaged gzip and keeps the cause', async () => {
    const packed = gzipSync(idx);
    packed[packed.length - 6]! ^= 1; // the checksum
    await expect(unpackIdx(packed, options)).rejects.toMatchObject({
      name: 'DataError',
      code: 'ERR_BAD_DATA',
      message: 'Cannot unpack x.gz: incorrect data check, expected a whole gzip file',
      cause: { code: 'Z_DATA_ERROR' },
    });
  });

  test('refuses a gzip of a web page', async () => {
    await expect(unpackIdx(gzipSync('<html>Sign in</html>'), options)).rejects.toThrow(
      'Cannot read x.gz: found a web page that begins "<html>Sign in</html>", expected an IDX file',
    );
  });
});
