import { closeSync, existsSync, openSync } from 'node:fs';

import { faultyWords, type Place } from '../place.js';
import { attempts, type Row } from '../row.js';

export const row: Row = {
  promise:
    'A result that cannot be written ends with exit 74 and one line; notices that cannot be written change nothing',
  how: 'every command with standard output, and then standard error, on a device that is always full',
  times: { short: 6, whole: 26 },
  async run({ times, place }) {
    if (!existsSync('/dev/full')) return { tried: 0, fell: [], skipped: 'there is no /dev/full here' };
    const run = await place.finishedRun();
    const commands = commandsOn(run, place);
    return attempts(times, async (i) => {
      const args = commands[(i >> 1) % commands.length]!;
      const toError = i % 2 === 1;
      const full = openSync('/dev/full', 'w');
      const stdio = toError ? (['ignore', 'pipe', full] as const) : (['ignore', full, 'pipe'] as const);
      const ended = await place.start(args, { stdio: [...stdio] }).ended;
      closeSync(full);
      const what = `ae ${args.join(' ')} ${toError ? '2>' : '>'}/dev/full`;
      if (ended.hung) return `${what}: hangs`;
      if (ended.code !== (toError ? 0 : 74)) return `${what}: exit ${ended.code}: ${ended.stderr}`;
      if (
        !toError &&
        ended.stderr
          .trim()
          .split('\n')
          .filter((line) => /Cannot/.test(line)).length !== 1
      )
        return `${what}: said "${ended.stderr.trim()}", expected one line that begins with Cannot`;
      return faultyWords(ended) && `${what}: ${faultyWords(ended)}`;
    });
  },
};

const commandsOn = (run: string, place: Place): string[][] => [
  ['models'],
  ['evaluate', run],
  ['report', run],
  ['models', 'vae'],
  ['data', './tiny'],
  ['compare', run, run],
  ['train', '--help'],
  ['reconstruct', run, '--out', `${place.fresh('picture')}.svg`],
  ['latent', run, '--out', `${place.fresh('picture')}.svg`],
  ['doctor'],
  ['--help'],
  ['--version'],
  ['models', '--json'],
];
