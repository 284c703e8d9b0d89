import { execFileSync } from 'node:child_process';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { small } from '../place.js';
import { attempts, type Row } from '../row.js';

const READERS = 12;

export const row: Row = {
  promise:
    'Who reads a page slowly, or not at all, holds up neither others nor Ctrl-C, and is not buffered for without end',
  how: `${READERS} connections that ask for a file, a pipe or the live events and read nothing; then a reader in a hurry, then SIGINT`,
  times: { short: 2, whole: 12 },
  async run({ times, place }) {
    return attempts(times, async (i) => {
      const live = i % 2 === 1;
      const run = await place.finishedRun();
      execFileSync('mkfifo', [join(run, 'pipe.svg')]);
      const server = place.start(
        live
          ? ['train', ...small, '--epochs', '100000', '--live', '--out', place.fresh('live')]
          : ['open', run],
      );
      const port = Number(new URL(await server.address()).port);
      const path = live ? '/events' : '/pipe.svg';
      const readers = Array.from({ length: READERS }, () => idleReader(port, path));
      await sleep(500);
      const start = performance.now();
      const answer = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(20_000) }).catch(
        String,
      );
      const waited = performance.now() - start;
      const what = live ? 'the live page' : 'ae open';
      const asked = performance.now();
      server.child.kill('SIGINT');
      const { hung, code } = await server.ended;
      const ended = performance.now() - asked;
      readers.forEach((reader) => reader.destroy());
      if (typeof answer === 'string') return `${what}: no answer beside ${READERS} idle readers: ${answer}`;
      if (waited > 10_000) return `${what}: answered after ${Math.round(waited)} ms`;
      if (hung || ended > 30_000) return `${what}: SIGINT took ${Math.round(ended)} ms`;
      return [0, 130].includes(code ?? -1) ? undefined : `${what}: exit ${code}`;
    });
  },
};

function idleReader(port: number, path: string): Socket {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  socket.pause();
  socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
  return socket;
}
