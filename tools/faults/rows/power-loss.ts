import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import { outcomeOf, small, type Place } from '../place.js';
import { afterPowerCut, type Entry, type Files } from '../power-cut.js';
import { below, type Row } from '../row.js';

const preload = fileURLToPath(new URL('../journal.mjs', import.meta.url));
/** What must be whole at every moment; figures and the report are drawn again. */
const kept = ['run.json', 'history.jsonl', 'checkpoint.safetensors', 'best.safetensors'];
/** Of so many states one is resumed, which takes seconds. */
const RESUMED = 200;

export const row: Row = {
  promise:
    'After a power cut every file of a run is as it was before a save or after it, and the run goes on to the same bits',
  how: 'the writes, flushes and renames of a run are recorded; every prefix of them, with random ones left out that no flush had made lasting, is opened',
  times: { short: 400, whole: 20_000 },
  async run({ times, random, place }) {
    const { entries, out } = await recorded(place);
    const fell: string[] = [];
    let resumed = 0;
    for (let i = 0; i < times; i++) {
      const count = below(random, entries.length + 1);
      const share = random.next();
      const files = afterPowerCut(entries, count, () => random.next() < share);
      const what = `after ${count} of ${entries.length} calls`;
      const fault = brokenFile(entries.slice(0, count), files, out);
      if (fault !== undefined) fell.push(`${what}: ${fault}`);
      if (i % RESUMED !== 0 || fault !== undefined) continue;
      resumed += 1;
      const folder = place.fresh('after-a-power-cut');
      for (const [path, content] of files) {
        const file = join(folder, relative(out, path));
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, content);
      }
      const { code, stderr } = await place.ae('train', ...small, '--out', folder, '--resume');
      if (code !== 0) fell.push(`${what}: resumed with exit ${code}: ${stderr}`);
      else if (outcomeOf(folder) !== (await place.unbroken(small))) fell.push(`${what}: other bits`);
      rmSync(folder, { recursive: true, force: true });
    }
    return {
      tried: times,
      fell,
      note: `${entries.length} calls recorded, ${resumed} states resumed to the end`,
    };
  },
};

async function recorded(place: Place) {
  const [out, journal] = [place.fresh('recorded'), place.fresh('journal')];
  const env = { AE_JOURNAL: journal, AE_JOURNAL_OF: out };
  const { code, stderr } = await place.start(['train', ...small, '--out', out], {
    env,
    node: ['--import', preload],
  }).ended;
  if (code !== 0) throw new Error(`Cannot record a run: exit ${code}: ${stderr}`);
  const entries = readFileSync(journal, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Entry);
  return { entries, out };
}

/** A file that is neither as it was before a save nor as after it, or that has gone back behind a flush. */
function brokenFile(entries: readonly Entry[], files: Files, out: string): string | undefined {
  for (const name of kept) {
    const path = join(out, name);
    const { versions, lasting } = versionsOf(entries, path);
    const found = files.get(path);
    if (found === undefined) {
      if (lasting >= 0 && name !== 'checkpoint.safetensors') return `${name} is gone`;
      if (lasting >= 0 && !files.has(join(out, 'checkpoint.previous.safetensors')))
        return `${name} and the one before are gone`;
      continue;
    }
    const version = versions.findLastIndex((content) => content.equals(found));
    if (version < 0) return `${name} is no version that was ever saved: ${found.length} bytes`;
    if (version < lasting) return `${name} went back to version ${version}, ${lasting} had been flushed`;
  }
  return undefined;
}

/** What lay under a name after each rename to it, and the last of these that a flush of its folder made lasting. */
function versionsOf(entries: readonly Entry[], path: string): { versions: Buffer[]; lasting: number } {
  const versions: Buffer[] = [];
  let lasting = -1;
  entries.forEach((entry, at) => {
    if (entry.op === 'rename' && entry.to === path)
      versions.push(afterPowerCut(entries, at + 1, () => false).get(path)!);
    if (entry.op === 'flush' && entry.path === dirname(path)) lasting = versions.length - 1;
  });
  return { versions, lasting };
}
