import { request } from 'node:http';
import { networkInterfaces } from 'node:os';
import { symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';

import { small } from '../place.js';
import { attempts, below, oneOf, type Row } from '../row.js';

const SECRET = 'not for everyone';

export const row: Row = {
  promise: 'The pages that ae serves give the files of the run to this machine, and nothing else to anybody',
  how: 'random paths with dots, escapes, links and devices, foreign Host and Origin headers, and every other address of the machine',
  times: { short: 120, whole: 3000 },
  async run({ times, random, place }) {
    const run = await place.finishedRun();
    writeFileSync(join(place.folder, 'secret.txt'), SECRET);
    symlinkSync(join(place.folder, 'secret.txt'), join(run, 'link.txt'));
    const servers = [
      { server: place.start(['open', run]), url: '' },
      {
        server: place.start([
          'train',
          ...small,
          '--epochs',
          '100000',
          '--live',
          '--out',
          place.fresh('live'),
        ]),
        url: '',
      },
    ];
    for (const one of servers) one.url = await one.server.address();
    const outcome = await attempts(times, async (i) => {
      const { url } = servers[i % servers.length]!;
      const path = Array.from({ length: 1 + below(random, 8) }, () => oneOf(random, pieces)).join('');
      const headers = oneOf(random, [
        {},
        { host: 'elsewhere.example' },
        { origin: 'http://elsewhere.example' },
      ]);
      const method = oneOf(random, ['GET', 'GET', 'GET', 'HEAD', 'POST', 'PUT', 'OPTIONS']);
      const answer = await ask(url, `/${path}`, headers, method);
      const what = `${method} /${path} ${JSON.stringify(headers)}`;
      if (answer.body.includes(SECRET)) return `${what}: gave what lies outside`;
      if ('host' in headers && answer.status < 400)
        return `${what}: answered a foreign Host with ${answer.status}`;
      if ('origin' in headers && method === 'POST' && answer.status < 400)
        return `${what}: obeyed a foreign page with ${answer.status}`;
      return answer.status >= 500 ? `${what}: failed with ${answer.status}` : undefined;
    });
    for (const { url } of servers)
      for (const address of otherAddresses()) {
        outcome.tried += 1;
        if (await accepts(address, Number(new URL(url).port))) outcome.fell.push(`${address} is listened on`);
      }
    for (const { server } of servers) {
      outcome.tried += 1;
      server.child.kill('SIGINT');
      const { hung, code } = await server.ended;
      if (hung || ![0, 130].includes(code ?? -1)) outcome.fell.push(`SIGINT: exit ${code}`);
    }
    return outcome;
  },
};

const pieces = [
  '..',
  '.',
  '/',
  '\\',
  '%2e',
  '%2f',
  '%5c',
  '%00',
  '%',
  '//',
  'secret.txt',
  'link.txt',
  'figures',
  'run.json',
  '~',
  '?',
  '#',
  'proc/self/environ',
  'etc/passwd',
  '%c0%af',
  'é',
  'report.html',
  '.git',
  ';',
  '*',
];

function ask(url: string, path: string, headers: Record<string, string>, method: string) {
  const { hostname, port } = new URL(url);
  return new Promise<{ status: number; body: string }>((resolve) => {
    const give = (status: number, body: string) => resolve({ status, body });
    try {
      const asked = request({ hostname, port, path, method, headers, agent: false }, (response) => {
        let body = '';
        response.on('data', (chunk: Buffer) => {
          body += String(chunk);
          if (body.length > 1e5 || String(response.headers['content-type']).includes('event-stream'))
            asked.destroy();
        });
        response.on('close', () => give(response.statusCode!, body));
      });
      asked.on('error', () => give(400, ''));
      asked.end();
    } catch {
      give(400, ''); // a path that no client would send
    }
  });
}

const otherAddresses = (): string[] =>
  Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address);

const accepts = (host: string, port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect({ host, port, timeout: 1000 });
    const end = (answer: boolean) => () => {
      socket.destroy();
      resolve(answer);
    };
    socket.on('connect', end(true));
    socket.on('error', end(false));
    socket.on('timeout', end(false));
  });
