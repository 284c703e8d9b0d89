import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { faultyWords, outcomeOf, small, type Place } from '../place.js';
import { attempts, below, type Row } from '../row.js';

export const row: Row = {
  promise:
    'A disk that is full, or that may not be written to, ends a run with exit 74; with room again it goes on to the same bits',
  how: 'a disk in memory of a random small size holds the run; it is made larger, and the run is resumed',
  times: { short: 2, whole: 30 },
  async run({ times, random, place }) {
    const disk = place.fresh('disk');
    mkdirSync(disk);
    if (!mount(disk, 'size=1m')) return { tried: 0, fell: [], skipped: 'no right to mount a disk here' };
    unmount(disk);
    const outcome = await attempts(times, async () => {
      const kilobytes = 50 + below(random, 900);
      mount(disk, `size=${kilobytes}k`);
      try {
        const out = join(disk, 'run');
        const { code, stderr, hung } = await place.ae('train', ...small, '--out', out);
        const what = `a disk of ${kilobytes} KiB`;
        if (hung) return `${what}: hangs`;
        if (code !== 74 && code !== 0) return `${what}: exit ${code}: ${stderr}`;
        if (faultyWords({ stderr })) return `${what}: ${faultyWords({ stderr })}`;
        mount(disk, 'remount,size=64m');
        const resumed = await place.ae('train', ...small, '--out', out, '--resume');
        if (resumed.code !== 0) return `${what}: resumed with exit ${resumed.code}: ${resumed.stderr}`;
        return outcomeOf(out) === (await place.unbroken(small)) ? undefined : `${what}: other bits`;
      } finally {
        unmount(disk);
      }
    });
    outcome.tried += 1;
    const fault = await readOnly(place, disk);
    if (fault !== undefined) outcome.fell.push(fault);
    return outcome;
  },
};

async function readOnly(place: Place, disk: string): Promise<string | undefined> {
  mount(disk, 'size=8m');
  try {
    writeFileSync(join(disk, 'here'), '');
    mount(disk, 'remount,ro');
    const { code, stderr } = await place.ae('train', ...small, '--out', join(disk, 'run'));
    if (code !== 74) return `a disk that is read only: exit ${code}: ${stderr}`;
    return /read-only|may not be written|permission/i.test(stderr)
      ? undefined
      : `a disk that is read only: said ${stderr}`;
  } finally {
    unmount(disk);
  }
}

function mount(folder: string, options: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const unmount = (folder: string): void => void execFileSync('umount', ['-l', folder]);
