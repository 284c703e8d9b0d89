import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { workplace } from './ae.js';

const makePipes = (into: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => {
    execFileSync('mkfifo', [join(into, `pipe-${i}.svg`)]);
    return `pipe-${i}.svg`;
  });

const statusOf = async (url: string) => (await fetch(url)).status;

describe('`ae open`', () => {
  let place: Awaited<ReturnType<typeof workplace>>;
  beforeEach(async () => {
    place = await workplace({ train: 20, test: 10 });
    const run = join(place.folder, 'run');
    const train = [
      'train',
      'ae',
      '--data',
      'tiny',
      '--epochs',
      '1',
      '--backend',
      'wasm',
      '--set',
      'hidden=4',
    ];
    expect(await place.ae(...train, '--out', 'run')).toMatchObject({ code: 0 });
    makePipes(run, 8);
    mkdirSync(join(run, 'more'));
  });
  afterEach(() => place.remove());

  it('ends on Ctrl-C though its folder has pipes and somebody reads nothing; on a second one at once', async () => {
    for (const times of [1, 2]) {
      const open = place.start('open', 'run');
      const url = await open.finds(/(http:\S+)/);
      expect(await Promise.all(Array.from({ length: 8 }, (_, i) => statusOf(`${url}pipe-${i}.svg`)))).toEqual(
        Array(8).fill(404),
      );
      expect(await statusOf(url)).toBe(200);
      const idle = connect({ host: '127.0.0.1', port: Number(new URL(url).port) });
      idle.on('error', () => {});
      idle.write('GET / HTTP/1.1\r\n');
      await new Promise((resolve) => setTimeout(resolve, 300));
      open.kill('SIGINT');
      if (times === 2) {
        await new Promise((resolve) => setTimeout(resolve, 300));
        open.kill('SIGINT');
      }
      const { code, signal } = await open.ended;
      if (times === 1) expect(code).toBe(0);
      else expect([0, 130, 'SIGINT']).toContain(signal ?? code);
      idle.destroy();
    }
  });
});
