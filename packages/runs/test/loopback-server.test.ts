import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { Agent, get, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import {
  serveLoopback,
  type Answer,
  type LoopbackServer,
  type ServeOptions,
} from '../src/live/loopback-server.js';
import { filesOf } from '../src/live/run-files.js';
import { createViewers } from '../src/live/viewers.js';

let folder: string;
let servers: LoopbackServer[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ae-server-'));
  servers = [];
});
afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
  rmSync(folder, { recursive: true });
});

async function serve(answer: Answer, options?: ServeOptions): Promise<string> {
  const server = await serveLoopback(answer, options);
  servers.push(server);
  return server.url;
}

/** What is answered, as soon as it begins to be. */
const ask = (url: string, agent: Agent | false = false) =>
  new Promise<IncomingMessage>((resolve, reject) => get(url, { agent }, resolve).on('error', reject));
const statusOf = async (url: string) => {
  const response = await ask(url);
  await text(response);
  return response.statusCode;
};

const makePipes = (into: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => {
    execFileSync('mkfifo', [join(into, `pipe-${i}.svg`)]);
    return `pipe-${i}.svg`;
  });

describe('the server of this machine', () => {
  it('cannot be reached by another address of this machine', async () => {
    const { port } = new URL(await serve(() => ({ body: 'hello' })));
    const others = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
    const addresses = [
      '127.0.0.2',
      ...others.filter(({ internal }) => !internal).map(({ address }) => address),
    ];
    const reached = await Promise.all(
      addresses.map(
        (host) =>
          new Promise<boolean>((resolve) => {
            const socket = connect({ host, port: Number(port) }, () => resolve(true));
            socket.on('error', () => resolve(false)).on('connect', () => socket.destroy());
          }),
      ),
    );
    expect(reached).toEqual(addresses.map(() => false));
    expect(await statusOf(`http://127.0.0.1:${port}/`)).toBe(200);
  });

  it('says so where an answer takes too long, and answers others meanwhile', async () => {
    const url = await serve((path) => (path === '/' ? { body: 'hello' } : new Promise(() => {})), {
      patience: 200,
    });
    const late = statusOf(`${url}late`);
    expect(await statusOf(url)).toBe(200);
    expect(await late).toBe(504);
  });

  it('is closed though an answer never comes', async () => {
    const server = await serveLoopback(() => new Promise(() => {}));
    const waiting = statusOf(server.url).catch((error: NodeJS.ErrnoException) => error.code);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await server.close();
    expect(await waiting).toBe('ECONNRESET');
  });
});

describe('the files of a run folder', () => {
  it('are ordinary ones: pipes and devices have nothing to read, and keep nobody waiting', async () => {
    writeFileSync(join(folder, 'report.html'), 'report');
    const pipes = makePipes(folder, 12);
    const url = await serve(await filesOf(folder));
    const statuses = await Promise.all([...pipes, ...pipes].map((name) => statusOf(url + name)));
    expect(new Set(statuses)).toEqual(new Set([404]));
    expect(await text(await ask(url))).toBe('report');
  });

  it('are sent as they are read; an empty one, and one that becomes shorter, too', async () => {
    const big = Buffer.alloc(3e7, 7);
    writeFileSync(join(folder, 'big.safetensors'), big);
    writeFileSync(join(folder, 'empty.json'), '');
    const url = await serve(await filesOf(folder));
    const response = await ask(`${url}big.safetensors`);
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    expect(response.headers['content-length']).toBe('30000000');
    expect(Buffer.concat(chunks).equals(big)).toBe(true);
    expect(await text(await ask(`${url}empty.json`))).toBe('');

    // Who keeps the connection open does not wait for what will never come.
    const agent = new Agent({ keepAlive: true });
    const cut = await ask(`${url}big.safetensors`, agent);
    truncateSync(join(folder, 'big.safetensors'), 1000);
    const start = performance.now();
    await expect(text(cut)).rejects.toThrow('aborted');
    expect(performance.now() - start).toBeLessThan(4000); // after 5 seconds of nothing Node itself closes it
    agent.destroy();
  });

  it('are not kept for a reader who takes nothing of them', async () => {
    writeFileSync(join(folder, 'big.safetensors'), Buffer.alloc(3e7));
    const url = await serve(await filesOf(folder), { patience: 100 });
    const before = process.memoryUsage().arrayBuffers;
    const idle = await Promise.all(Array.from({ length: 20 }, () => ask(`${url}big.safetensors`)));
    const closed = idle.map((response) => new Promise((resolve) => response.on('error', resolve)));
    await new Promise((resolve) => setTimeout(resolve, 3000));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1e8); // 6e8 where they are read whole
    idle.forEach((response) => response.resume());
    expect((await Promise.all(closed)).map(String)).toEqual(idle.map(() => 'Error: aborted'));
  });
});

describe('a page that watches', () => {
  it('and does not keep up is told the latest of each kind later: nothing else waits for it', async () => {
    const { watch, tell, end } = createViewers();
    let viewer: ServerResponse | undefined;
    const url = await serve(() => undefined, {
      streams: { '/events': (response) => watch((viewer = response)) },
    });
    tell('progress', 'before');
    const response = await ask(`${url}events`);
    response.pause();
    const figures = 'x'.repeat(1e5);
    let most = 0;
    for (let i = 0; i < 500; i++) {
      tell('figures', `${i} ${figures}`);
      tell('progress', i);
      most = Math.max(most, viewer!.writableLength);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(most).toBeLessThan(5e5); // 50 MB where all of it is kept
    setTimeout(() => end('over'), 1000);
    const told = await text(response);
    expect(told.startsWith('event: progress\ndata: "before"\n\n')).toBe(true);
    expect(told).toContain('event: figures\ndata: "499 ');
    expect(told).toContain('event: progress\ndata: 499\n');
    expect(told.endsWith('event: end\ndata: "over"\n\n')).toBe(true);
  });
});
