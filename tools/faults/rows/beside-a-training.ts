import { setTimeout as sleep } from 'node:timers/promises';

import { outcomeOf, small, statusOf } from '../place.js';
import { attempts, oneOf, type Row } from '../row.js';

export const row: Row = {
  promise: 'Whatever is done with a run while it is trained changes neither its record nor its result',
  how: 'evaluate, report, reconstruct and compare run beside the training, at random moments around its end',
  times: { short: 2, whole: 60 },
  run({ times, random, place }) {
    return attempts(times, async () => {
      const out = place.fresh('beside');
      const training = place.start(['train', ...small, '--out', out]);
      await training.says('epoch 3');
      const command = oneOf(random, ['evaluate', 'evaluate', 'report', 'reconstruct', 'compare']);
      await sleep(random.next() * 1500);
      const beside = await place.ae(command, out);
      const { code, stderr } = await training.ended;
      const what = `ae ${command} beside a training`;
      if (code !== 0) return `${what}: the training ended with ${code}: ${stderr}`;
      if (![0, 2, 65].includes(beside.code ?? -1)) return `${what}: exit ${beside.code}: ${beside.stderr}`;
      if (statusOf(out) !== 'finished') return `${what}: left the status ${statusOf(out)}`;
      return outcomeOf(out) === (await place.unbroken(small)) ? undefined : `${what}: other bits`;
    });
  },
};
