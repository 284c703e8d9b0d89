import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { fileNames } from '@ae/data-mnist';

import { faultyWords, small, type Place } from '../place.js';
import { attempts, type Row } from '../row.js';

export const row: Row = {
  promise:
    'Pipes, devices, folders and places that cannot be written to are refused in words; nothing waits for them',
  how: 'each file of a data set and of a run is in turn a named pipe, a device or a folder; --out lies in /proc and on devices',
  times: { short: 8, whole: 60 },
  async run({ times, place }) {
    const cases = await casesIn(place);
    return attempts(times, async (i) => {
      const { what, args } = cases[(i * 7) % cases.length]!;
      const { code, stderr, hung } = await place.ae(...args);
      if (hung) return `${what}: hangs`;
      if (![2, 65, 74].includes(code ?? -1)) return `${what}: exit ${code}: ${stderr}`;
      return faultyWords({ stderr }) && `${what}: ${faultyWords({ stderr })}`;
    });
  },
};

interface Case {
  what: string;
  args: string[];
}

async function casesIn(place: Place): Promise<Case[]> {
  const cases: Case[] = [];
  const files = [fileNames.trainImages, fileNames.trainLabels, fileNames.testImages, fileNames.testLabels];
  for (const file of files)
    for (const [kind, make] of Object.entries(kinds)) {
      const data = place.fresh('special');
      cpSync(join(place.folder, 'tiny'), data, { recursive: true });
      replace(join(data, file), make);
      cases.push({
        what: `${file} is ${kind}`,
        args: ['train', ...small.slice(0, 1), '--data', data, ...small.slice(3)],
      });
    }
  for (const file of ['run.json', 'history.jsonl', 'best.safetensors'])
    for (const [kind, make] of Object.entries(kinds)) {
      const run = await place.finishedRun();
      replace(join(run, file), make);
      cases.push({
        what: `${file} is ${kind}`,
        args: [file === 'best.safetensors' ? 'evaluate' : 'report', run],
      });
    }
  for (const out of ['/proc/run', '/proc/self/run', '/sys/run', '/dev/null', '/dev/null/run', '/dev/full'])
    if (existsSync(out.split('/').slice(0, 2).join('/')))
      cases.push({ what: `--out ${out}`, args: ['train', ...small, '--out', out] });
  return cases;
}

const kinds: Record<string, (path: string) => void> = {
  'a named pipe': (path) => void execFileSync('mkfifo', [path]),
  'a device that never ends': (path) => symlinkSync('/dev/zero', path),
  'a folder': (path) => mkdirSync(path),
};

function replace(path: string, make: (path: string) => void): void {
  rmSync(path);
  make(path);
}
