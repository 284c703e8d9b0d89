import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

import { loadDataSet } from '@ae/data-mnist/node';

import { attempts, oneOf, type Row } from '../row.js';

const endings: Record<string, (response: ServerResponse) => void> = {
  'other bytes': (response) => void response.end(gzipSync(Buffer.alloc(50_000, 7))),
  'a web page': (response) => void response.end('<!doctype html><title>log in</title>'),
  'an error': (response) => void response.writeHead(503).end(),
  'nothing there': (response) => void response.writeHead(404).end(),
  'a reset in the middle'(response) {
    response.write(Buffer.alloc(1000));
    setTimeout(() => response.destroy(), 10);
  },
  'less than it said'(response) {
    response.writeHead(200, { 'Content-Length': 100_000 });
    response.write(Buffer.alloc(100));
    setTimeout(() => response.socket?.end(), 10);
  },
  silence: () => {},
  'silence after the beginning': (response) => void response.write(Buffer.alloc(10)),
  'bytes without end'(response) {
    const block = Buffer.alloc(2 ** 16, 1);
    const more = () => {
      while (!response.destroyed && response.write(block));
    };
    response.on('drain', more);
    more();
  },
  'a circle of redirects': (response) => void response.writeHead(302, { Location: response.req.url! }).end(),
  'a bomb': (response) => void response.end(gzipSync(Buffer.alloc(2 ** 28))),
};

export const row: Row = {
  promise:
    'A mirror that lies, stops, resets or never ends gives way to the next, and the command ends with exit 69',
  how: 'two mirrors on this machine that misbehave in random ways; nothing wrong is kept',
  times: { short: 6, whole: 200 },
  run({ times, random, place }) {
    return attempts(times, async () => {
      const ways = [oneOf(random, Object.keys(endings)), oneOf(random, Object.keys(endings))];
      const servers = await Promise.all(ways.map((way) => serve(endings[way]!)));
      const before = process.memoryUsage().rss;
      const start = performance.now();
      const fault = await loadDataSet('mnist', {
        mirrors: servers.map(({ url }) => url),
        cacheDir: place.fresh('cache'),
        connectTimeout: 500,
        stallTimeout: 500,
      }).then(
        () => 'was taken for MNIST',
        (error: Error) => (error.name === 'DownloadError' ? undefined : `${error.name}: ${error.message}`),
      );
      for (const { close } of servers) close();
      const what = ways.join(', then ');
      if (fault !== undefined) return `${what}: ${fault}`;
      const seconds = (performance.now() - start) / 1000;
      if (seconds > 30) return `${what}: took ${seconds.toFixed(0)} s`;
      const megabytes = (process.memoryUsage().rss - before) / 2 ** 20;
      return megabytes > 400 ? `${what}: ${megabytes.toFixed(0)} MB more resident` : undefined;
    });
  },
};

async function serve(answer: (response: ServerResponse) => void) {
  const server = createServer((_request, response) => answer(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
