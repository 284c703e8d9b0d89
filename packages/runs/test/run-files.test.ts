import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request, type RequestOptions } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { serveLoopback, type LoopbackServer } from '../src/live/loopback-server.js';
import { filesOf } from '../src/live/run-files.js';

/** An answer to a request whose path and headers are sent as they are given. */
function ask(
  url: string,
  path: string,
  { headers, method = 'GET' }: Pick<RequestOptions, 'headers' | 'method'> = {},
) {
  const { hostname, port } = new URL(url);
  return new Promise<{ status: number; type: string | undefined; body: string }>((resolve, reject) => {
    const asked = request({ hostname, port, path, method, headers, agent: false }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode!, type: response.headers['content-type'], body }),
      );
    });
    asked.on('error', reject);
    asked.end();
  });
}

describe('the server of a run folder', () => {
  let folder: string;
  let server: LoopbackServer;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ae-live-'));
    writeFileSync(join(folder, 'secret.txt'), 'secret');
    const run = join(folder, 'run');
    mkdirSync(join(run, 'figures'), { recursive: true });
    writeFileSync(join(run, 'report.html'), '<!doctype html><title>report</title>');
    writeFileSync(join(run, 'figures/a b.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    symlinkSync(join(folder, 'secret.txt'), join(run, 'link.txt'));
    server = await serveLoopback(await filesOf(run));
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  it('listens on the loopback address only', () => {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  });

  it('gives the report and the files of the run', async () => {
    expect(await ask(server.url, '/')).toMatchObject({ status: 200, type: 'text/html; charset=utf-8' });
    expect(await ask(server.url, '/figures/a%20b.svg')).toMatchObject({ status: 200, type: 'image/svg+xml' });
    expect(await ask(server.url, '/', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
  });

  it.each([
    '/../secret.txt',
    '/figures/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/figures/..%2f..%2fsecret.txt',
    '/..%5csecret.txt',
    '//elsewhere/secret.txt',
    '/link.txt',
    '/figures',
    '/report.html%00.svg',
    '/%zz',
    '/nothing.html',
  ])('has nothing at %s', async (path) => {
    const answer = await ask(server.url, path);
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain('secret');
  });

  it.each(['evil.example', 'evil.example:80', '127.0.0.1', '127.0.0.1:1', 'localhost.evil.example'])(
    'refuses a request to the host %s',
    async (host) => {
      expect(await ask(server.url, '/', { headers: { host } })).toMatchObject({ status: 403 });
    },
  );

  it('answers to the name localhost too', async () => {
    const host = `localhost:${new URL(server.url).port}`;
    expect(await ask(server.url, '/', { headers: { host } })).toMatchObject({ status: 200 });
  });

  it('takes no other method, and nothing that another page posts', async () => {
    expect(await ask(server.url, '/', { method: 'DELETE' })).toMatchObject({ status: 405 });
    expect(await ask(server.url, '/stop', { method: 'POST' })).toMatchObject({ status: 403 });
    const headers = { origin: 'http://evil.example' };
    expect(await ask(server.url, '/stop', { method: 'POST', headers })).toMatchObject({ status: 403 });
  });
});
