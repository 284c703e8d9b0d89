import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { manyCommands } from '../many-commands.js';
import { flipBit } from '../mutate.js';
import { attempts, type Row } from '../row.js';

/** What reads each file; a checkpoint is tried in a row of its own. */
const readers: Record<string, (run: string) => string[]> = {
  'best.safetensors': (run) => ['evaluate', run],
  'history.jsonl': (run) => ['report', run],
  'run.json': (run) => ['compare', run, run],
};

export const row: Row = {
  promise: 'One flipped bit in any file of a run is noticed, and the file is named',
  how: 'single bits, spread over the weights, the history and the record of a finished run',
  times: { short: 150, whole: 9000 },
  async run({ times, random, place }) {
    const run = await place.finishedRun();
    const process = manyCommands(place);
    const files = Object.keys(readers);
    const outcome = await attempts(times, async (i) => {
      const file = files[i % files.length]!;
      const path = join(run, file);
      const whole = readFileSync(path);
      writeFileSync(path, flipBit(Buffer.from(whole), random));
      const { code, stderr } = await process.run(...readers[file]!(run));
      writeFileSync(path, whole);
      if (code !== 65) return `${file}, flip ${i}: exit ${code}, expected 65: ${stderr}`;
      return stderr.includes(file) ? undefined : `${file}, flip ${i}: not named: ${stderr}`;
    });
    process.end();
    rmSync(run, { recursive: true });
    return outcome;
  },
};
