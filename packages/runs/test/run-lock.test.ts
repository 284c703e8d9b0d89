import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';

import { isBeingTrained, withRunLock } from '../src/record/run-lock.js';

const home = mkdtempSync(join(tmpdir(), 'ae-run-lock-'));
let folder: string;
let lock: string;
beforeEach(() => {
  folder = mkdtempSync(join(home, 'run-'));
  lock = join(folder, 'run.lock');
});
afterAll(() => rmSync(home, { recursive: true }));

const own = (owner: object) => writeFileSync(lock, JSON.stringify({ host: hostname(), ...owner }));
const gone = () => spawnSync(process.execPath, ['-e', '']).pid;

describe('withRunLock()', () => {
  it('leaves no new folder where nothing came of the work', async () => {
    const fresh = join(folder, 'a', 'b');
    await expect(withRunLock(fresh, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(existsSync(fresh)).toBe(false);
    await withRunLock(fresh, async () => writeFileSync(join(fresh, 'run.json'), '{}'));
    expect(existsSync(join(fresh, 'run.json'))).toBe(true);
  });

  it('lets one at a time work on a run, and leaves no lock', async () => {
    await withRunLock(folder, async () => {
      expect(await isBeingTrained(folder)).toBe(true);
      await expect(withRunLock(folder, async () => {})).rejects.toThrow(
        `Cannot train in ${folder}: it is being trained by process ${process.pid}`,
      );
    });
    expect(existsSync(lock)).toBe(false);
    await expect(withRunLock(folder, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await isBeingTrained(folder)).toBe(false);
  });

  it('is had by one of many that ask at once, also where a dead one left its lock', async () => {
    for (const pid of [undefined, gone()]) {
      if (pid !== undefined) own({ pid });
      let working = 0;
      const asked = Array.from({ length: 10 }, () =>
        withRunLock(folder, async () => {
          working += 1;
          expect(working).toBe(1);
          await new Promise((resolve) => setTimeout(resolve, 300));
          working -= 1;
        }),
      );
      const came = await Promise.allSettled(asked);
      expect(came.filter(({ status }) => status === 'fulfilled').length).toBe(1);
    }
  });

  it('takes over from a process that is gone, and from another that has got its number', async () => {
    own({ pid: gone() });
    expect(await withRunLock(folder, async () => 'mine')).toBe('mine');
    if (!existsSync('/proc/self/stat'))
      return console.log('skipped: no /proc here to tell processes of one number apart');
    own({ pid: process.pid, began: '1' });
    expect(await withRunLock(folder, async () => 'mine')).toBe('mine');
  });

  it('does not remove a lock that was taken over from it', async () => {
    await withRunLock(folder, async () => own({ pid: process.ppid }));
    expect(existsSync(lock)).toBe(true);
  });

  it('keeps away from a process that is stopped', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    try {
      child.kill('SIGSTOP');
      own({ pid: child.pid });
      await expect(withRunLock(folder, async () => {})).rejects.toThrow(`by process ${child.pid}`);
    } finally {
      child.kill('SIGKILL');
    }
  });

  it('cannot tell about another machine, and says what to remove', async () => {
    for (const pid of [1, gone()]) {
      own({ pid, host: 'elsewhere' });
      await expect(withRunLock(folder, async () => {})).rejects.toThrow(
        `by process ${pid} on elsewhere; if that is gone, remove ${lock}`,
      );
    }
  });

  it('takes a lock that names nobody once it is old', async () => {
    writeFileSync(lock, '');
    utimesSync(lock, 1, 1);
    expect(await withRunLock(folder, async () => 'mine')).toBe('mine');
  });
});
