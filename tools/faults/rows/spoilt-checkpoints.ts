import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { manyCommands } from '../many-commands.js';
import { mutate } from '../mutate.js';
import { faultyWords, outcomeOf, small } from '../place.js';
import { attempts, type Row } from '../row.js';

export const row: Row = {
  promise:
    'A damaged or forged checkpoint is never trained on: the one before it is taken, and that is said, or exit 65',
  how: 'mutants of checkpoint.safetensors of a run that was killed after its second epoch, resumed to its end',
  times: { short: 40, whole: 10_000 },
  async run({ times, random, place }) {
    const killed = place.fresh('killed');
    const first = place.start(['train', ...small, '--out', killed]);
    await first.says('epoch 2');
    first.child.kill('SIGKILL');
    await first.ended;
    const whole = readFileSync(join(killed, 'checkpoint.safetensors'));
    const process = manyCommands(place);
    let resumed = 0;
    const outcome = await attempts(times, async (i) => {
      const out = place.fresh('spoilt');
      cpSync(killed, out, { recursive: true });
      const spoilt = mutate(whole, random);
      writeFileSync(join(out, 'checkpoint.safetensors'), spoilt.bytes);
      const what = `${spoilt.how}, mutant ${i}`;
      const { code, stderr } = await process.run('train', '--out', out, '--resume');
      if (code !== 0 && code !== 65) return `${what}: exit ${code}: ${stderr}`;
      if (faultyWords({ stderr })) return `${what}: ${faultyWords({ stderr })}`;
      if (code === 0) {
        resumed += 1;
        if (outcomeOf(out) !== (await place.unbroken(small))) return `${what}: resumed to other bits`;
        if (!/checkpoint/.test(stderr)) return `${what}: the damage was not said: ${stderr}`;
      }
      rmSync(out, { recursive: true });
      return undefined;
    });
    process.end();
    return { ...outcome, note: `${resumed} went on from the checkpoint before, ${times - resumed} refused` };
  },
};
