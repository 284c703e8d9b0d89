import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { createDownloader, type DownloadOptions } from '../src/download.js';
import { DownloadError, type Progress } from '../src/index.js';
import { nodePlatform } from '../src/node/platform.js';
import type { Platform } from '../src/platform.js';
import { type Loopback, loopback } from './loopback.js';
import { tinyDataSet, tinyFiles, tinyMirror } from './tiny.js';

const open: Loopback[] = [];
afterEach(async () => void (await Promise.all(open.splice(0).map((server) => server.close()))));
const serve = async (answer: Parameters<typeof loopback>[0]) => {
  const server = await loopback(answer);
  open.push(server);
  return server;
};
const goodMirror = () => serve(tinyMirror());

/** Downloads the training images of the tiny data set from these mirrors. */
const fetchImages = (mirrors: string[], options: DownloadOptions = {}) => {
  const dataSet = tinyDataSet(mirrors);
  return createDownloader(dataSet, nodePlatform, options)(dataSet.files.trainImages);
};

const images = tinyFiles().trainImages;
const bomb = gzipSync(Buffer.concat([images, Buffer.alloc(3e6)]));
const answering = (answer: (response: ServerResponse) => void) => serve((_, response) => answer(response));

/** Sends the beginning at once, then a letter every 20 ms without end. */
function drip(response: ServerResponse, beginning: string, atOnce = beginning.length) {
  const socket = response.socket!;
  socket.write(beginning.slice(0, atOnce));
  const timer = setInterval(() => (socket.writable ? socket.write('x') : clearInterval(timer)), 20);
  socket.on('error', () => {}).on('close', () => clearInterval(timer));
}

describe('a downloader', () => {
  test('brings a file from the first mirror', async () => {
    const [first, second] = [await goodMirror(), await goodMirror()];
    expect(await fetchImages([first.url, second.url])).toEqual({
      url: `${first.url}train-images-idx3-ubyte.gz`,
      packed: new Uint8Array(gzipSync(images)),
      bytes: images,
    });
    expect([first.requests, second.requests]).toEqual([['/train-images-idx3-ubyte.gz'], []]);
  });

  test('takes a mirror without a slash at its end, one that has the file unpacked, and one that has moved', async () => {
    const [unpacked, good] = [await answering((response) => response.end(images)), await goodMirror()];
    expect((await fetchImages([unpacked.url.slice(0, -1)])).bytes).toEqual(images);
    const moved = await serve((request, response) =>
      response.writeHead(302, { location: good.url + request.url!.slice(1) }).end(),
    );
    expect((await fetchImages([moved.url])).bytes).toEqual(images);
  });

  test.each<[string, RegExp, (response: ServerResponse) => void]>([
    ['a redirect without end', /answered 302 Found/, (r) => r.writeHead(302, { location: '/' }).end()],
    ['an error', /answered 500 Internal Server Error/, (r) => r.writeHead(500).end()],
    ['a missing file', /answered 404 Not Found/, (r) => r.writeHead(404).end()],
    [
      'a web page',
      /found a web page that begins "<!doctype html>/,
      (r) => r.end('<!doctype html><p>Please sign in</p>'),
    ],
    ['nothing', /it is truncated, found 0 bytes/, (r) => r.end()],
    ['a truncated gzip', /unexpected end of file/, (r) => r.end(gzipSync(images).subarray(0, 60))],
    [
      'a connection that breaks',
      /could not be read: /,
      (r) => r.writeHead(200, { 'content-length': 99 }).write('x', () => r.destroy()),
    ],
    [
      'other bytes of the same length',
      /found SHA-256 [0-9a-f]{64} for the unpacked file, expected/,
      (r) => r.end(gzipSync(images.map((b, i) => (i < 16 ? b : 1)))),
    ],
    [
      'a file of another count',
      /found 16 bytes, expected 304 for train-images/,
      (r) => r.end(gzipSync(Uint8Array.from([0, 0, 8, 3, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 3]))),
    ],
    [
      'trailing bytes',
      /it has trailing bytes/,
      (r) => r.end(gzipSync(Buffer.concat([images, Buffer.alloc(1)]))),
    ],
    ['a gzip bomb', /it has trailing bytes, found more/, (r) => r.end(bomb)],
    ['more bytes than a gzip can have', /sent more than 4400 bytes/, (r) => r.end(Buffer.alloc(1e6))],
    [
      'endless bytes',
      /sent more than 4400 bytes/,
      (r) => void setInterval(() => r.write('x'.repeat(999)), 1).unref(),
    ],
    [
      'a length that is not what comes',
      /it is truncated, found 5 bytes/,
      (r) => r.writeHead(200, { 'content-length': 5 }).end(images),
    ],
    ['a reset', /could not be read: /, (r) => r.socket!.resetAndDestroy()],
    [
      'a reset after the headers',
      /could not be read: /,
      (r) => r.writeHead(200).write('x', () => r.socket!.resetAndDestroy()),
    ],
    ['a redirect to nowhere', /could not be read: /, (r) => r.writeHead(302, { location: 'http://[' }).end()],
    [
      'a redirect to a file',
      /could not be read: /,
      (r) => r.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    ],
    [
      'redirects to ever new places',
      /answered 302 Found/,
      (r) => r.writeHead(302, { location: `/${performance.now()}` }).end(),
    ],
    [
      'a gzip of another gzip',
      /Cannot read .*found the magic number 0x1f8b0800/,
      (r) => r.end(gzipSync(gzipSync(images))),
    ],
    [
      'headers that come byte by byte',
      /did not answer for 300 ms/,
      (r) => drip(r, 'HTTP/1.1 200 OK\r\nX-Filler: '),
    ],
    [
      'a trickle',
      /sent \d+ bytes a second for 300 ms, expected at least 1000/,
      (r) => drip(r, 'HTTP/1.1 200 OK\r\n\r\n', 26),
    ],
    ['silence', /did not answer for 300 ms/, () => {}],
    ['silence after the first bytes', /fell silent for 300 ms/, (r) => r.write('x')],
  ])('goes on to the next mirror after %s, and says so when there is none', async (what, message, answer) => {
    const [bad, good] = [await answering(answer), await goodMirror()];
    const options: DownloadOptions = {
      ...(/silence|headers that/.test(what) && { connectTimeout: 300, stallTimeout: 300 }),
      ...(what === 'a trickle' && { minimumRate: 1000, rateWindow: 300 }),
    };
    expect((await fetchImages([bad.url, good.url], options)).bytes).toEqual(images);
    expect(good.requests.length).toBe(1);
    const failure = fetchImages([bad.url], options);
    await expect(failure).rejects.toThrow(DownloadError);
    await expect(failure).rejects.toThrow(message);
    await expect(failure).rejects.toThrow(bad.url);
  });

  test('says what each mirror did when all fail', async () => {
    const gone = await goodMirror();
    await gone.close();
    const error = await fetchImages([gone.url, 'http://mirror.invalid/']).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'DownloadError', code: 'ERR_NO_DOWNLOAD' });
    const { message } = error as DownloadError;
    expect(message).toMatch(
      /^Cannot download tiny: http:\/\/127.*could not be read: .*ECONNREFUSED.*; http:\/\/mirror\.invalid\/.* could not be read: /,
    );
  });

  test('asks a mirror that failed last for the files that follow', async () => {
    const [bad, good] = [await answering((r) => r.writeHead(503).end()), await goodMirror()];
    const dataSet = tinyDataSet([bad.url, good.url]);
    const download = createDownloader(dataSet, nodePlatform, {});
    await download(dataSet.files.trainImages);
    await download(dataSet.files.trainLabels);
    expect([bad.requests.length, good.requests.length]).toEqual([1, 2]);
  });

  test('checks the checksum of the publisher’s gzip where that is what is known', async () => {
    const repacked = await serve({
      '/train-images-idx3-ubyte.gz': gzipSync(images, { level: 1, memLevel: 1 }),
    });
    const dataSet = tinyDataSet([repacked.url], 'gzipSha256');
    const download = createDownloader(dataSet, nodePlatform, {});
    dataSet.files.trainImages.gzipSha256 = '0'.repeat(64);
    await expect(download(dataSet.files.trainImages)).rejects.toThrow(
      /found SHA-256 .* for the gzip, expected 0000/,
    );
  });

  test('tells how far it has come', async () => {
    const steps: Progress[] = [];
    await fetchImages([(await goodMirror()).url], { onProgress: (step) => steps.push(step) });
    const total = gzipSync(images).length;
    expect(steps.at(-1)).toEqual({ what: 'train-images-idx3-ubyte', done: total, total, unit: 'bytes' });
  });

  test('stops when it is told to, with the reason it was given', async () => {
    const [silent, good] = [await answering(() => {}), await goodMirror()];
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('enough')), 100);
    await expect(fetchImages([silent.url, good.url], { signal: stop.signal })).rejects.toThrow('enough');
    expect(good.requests).toEqual([]);
  });

  test('does not blame a mirror for an error of our own', async () => {
    const mirror = await goodMirror();
    const dataSet = tinyDataSet([mirror.url, mirror.url]);
    const broken = { ...nodePlatform, sha256: () => Promise.reject(new Error('a fault in the program')) };
    const download = createDownloader(dataSet, broken, {});
    await expect(download(dataSet.files.trainImages)).rejects.toThrow(/^a fault in the program$/);
    expect(mirror.requests.length).toBe(1);
  });

  test('takes a mirror that is slow and steady, however long it takes in all', async () => {
    const pieces = Array.from({ length: 12 }, (_, i) => images.subarray(i * 26, (i + 1) * 26));
    const slow = await answering(async (response) => {
      for (const piece of pieces) {
        response.write(piece);
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
      response.end();
    });
    const rates: (number | undefined)[] = [];
    const { bytes } = await fetchImages([slow.url], {
      ...{ connectTimeout: 2000, stallTimeout: 2000, minimumRate: 10, rateWindow: 1500 },
      onProgress: ({ rate }) => rates.push(rate),
    });
    expect(bytes).toEqual(images);
    expect(rates[0]).toBeUndefined(); // nothing is known in the first second
    expect(rates.at(-1)).toBeGreaterThan(26); // 104 bytes a second on a quiet machine
    expect(rates.at(-1)).toBeLessThan(208);
  });
});

describe('what a downloader waits for', () => {
  afterEach(() => void jest.useRealTimers());

  /** What a mirror does until it is told to stop: a byte now and then, or nothing. */
  async function* bytesEvery(milliseconds: number, signal: AbortSignal) {
    for (;;) {
      await new Promise<void>((resolve, reject) => {
        signal.onabort = () => reject(signal.reason as Error);
        if (milliseconds < Infinity) setTimeout(resolve, milliseconds);
      });
      yield new Uint8Array(3);
    }
  }
  const answers =
    (milliseconds: number): Platform['open'] =>
    (_, signal) =>
      Promise.resolve({ status: 200, statusText: 'OK', bytes: bytesEvery(milliseconds, signal) });
  const never: Platform['open'] = (_, signal) =>
    new Promise((__, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));

  test.each<[string, number, RegExp, Platform['open']]>([
    ['an answer', 10_000, /did not answer for 10000 ms/, never],
    ['a byte', 20_000, /fell silent for 20000 ms/, answers(Infinity)],
    [
      '4096 bytes a second: three are given up',
      30_000,
      /sent 3 bytes a second for 30000 ms, expected at least 4096/,
      answers(990),
    ],
  ])('%s, for %d ms where nothing else is said', async (_, milliseconds, message, open) => {
    jest.useFakeTimers();
    const dataSet = tinyDataSet(['http://mirror.invalid/']);
    let failure: unknown;
    const download = createDownloader(dataSet, { ...nodePlatform, open }, {});
    void download(dataSet.files.trainImages).catch((error: unknown) => (failure = error));
    await jest.advanceTimersByTimeAsync(milliseconds - 100);
    expect(failure).toBeUndefined();
    await jest.advanceTimersByTimeAsync(200);
    expect(failure).toBeInstanceOf(DownloadError);
    expect((failure as Error).message).toMatch(message);
  });
});
