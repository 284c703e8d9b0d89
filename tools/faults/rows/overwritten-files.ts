import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import { attempts, oneOf, type Row } from '../row.js';

const own = ['run.json', 'best.safetensors', 'checkpoint.safetensors', 'history.jsonl', 'report.html'];

export const row: Row = {
  promise: 'No command writes over a file of a run, nor over a file of another kind than it writes',
  how: '--out names files of the run, by absolute and relative paths and through links, and files of other kinds',
  times: { short: 8, whole: 60 },
  async run({ times, random, place }) {
    const run = await place.finishedRun();
    const foreign = join(place.folder, 'thesis.docx');
    writeFileSync(foreign, 'years of work');
    const before = hashes(run);
    return attempts(times, async (i) => {
      const command = oneOf(
        random,
        ['sample', 'reconstruct', 'latent', 'report'].filter((name) => name !== 'report'),
      );
      const target = i % 4 === 3 ? foreign : join(run, own[i % own.length]!);
      const link = `${place.fresh('link')}.svg`;
      if (i % 3 === 2) symlinkSync(target, link);
      const out = i % 3 === 0 ? target : i % 3 === 1 ? relative(place.folder, target) : link;
      const { code, stderr } = await place.ae(
        command === 'sample' ? 'reconstruct' : command,
        run,
        '--out',
        out,
      );
      const what = `ae ${command} --out ${out}`;
      if (JSON.stringify(hashes(run)) !== JSON.stringify(before)) return `${what}: changed a file of the run`;
      if (readFileSync(foreign, 'utf8') !== 'years of work') return `${what}: wrote over a foreign file`;
      if (i % 3 === 2) return undefined; // a link may be replaced, what it leads to may not
      return code === 2 || code === 65 || code === 74 ? undefined : `${what}: exit ${code}: ${stderr}`;
    });
  },
};

const hashes = (run: string) =>
  readdirSync(run, { withFileTypes: true })
    .filter((entry) => entry.isFile() && own.includes(entry.name))
    .map(({ name }) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(run, name)))
        .digest('hex'),
    ]);
