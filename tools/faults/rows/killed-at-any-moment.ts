import { setTimeout as sleep } from 'node:timers/promises';

import { outcomeOf, small } from '../place.js';
import { attempts, oneOf, type Row } from '../row.js';

export const row: Row = {
  promise: 'A run that is killed goes on, when it is resumed, to the same weights and losses, bit for bit',
  how: 'SIGKILL at random moments from the start of the process to its end, again and again, until the run is through',
  times: { short: 4, whole: 200 },
  run({ times, random, place }) {
    return attempts(times, async (i) => {
      const model = oneOf(random, ['ae', 'vae']);
      const hidden = oneOf(random, ['16', '32']);
      const settings = [model, ...small.slice(1, -1), `hidden=${hidden}`];
      const out = place.fresh('killed');
      let kills = 0;
      for (;;) {
        const run = place.start(['train', ...settings, '--out', out, '--resume']);
        const patience = kills < 4 ? 300 + random.next() * 2500 : Infinity;
        if (Number.isFinite(patience))
          void Promise.race([sleep(patience), run.ended]).then(() => run.child.kill('SIGKILL'));
        const { signal, code, stderr, hung } = await run.ended;
        if (hung) return `attempt ${i}: hangs after ${kills} kills`;
        if (signal === 'SIGKILL') {
          kills += 1;
          continue;
        }
        if (code !== 0) return `attempt ${i}: exit ${code} after ${kills} kills: ${stderr}`;
        break;
      }
      if (outcomeOf(out) !== (await place.unbroken(settings)))
        return `attempt ${i}: ${settings.join(' ')} ended at other bits after ${kills} kills`;
      return undefined;
    });
  },
};
