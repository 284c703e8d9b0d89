import { setTimeout as sleep } from 'node:timers/promises';

import { faultyWords, outcomeOf, small, statusOf } from '../place.js';
import { attempts, oneOf, type Row } from '../row.js';
import { existsSync } from 'node:fs';

const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

export const row: Row = {
  promise:
    'Ctrl-C, a scheduler or a closed terminal stops a run so that it is saved; it goes on to the same bits',
  how: 'SIGINT, SIGTERM or SIGHUP at a random moment, while data load, while it trains and while its report is drawn; then resumed',
  times: { short: 5, whole: 150 },
  run({ times, random, place }) {
    return attempts(times, async () => {
      const signal = oneOf(random, ['SIGINT', 'SIGTERM', 'SIGHUP'] as const);
      const out = place.fresh('stopped');
      const run = place.start(['train', ...small, '--out', out]);
      await run.says(oneOf(random, ['backend', 'run folder', 'epoch 2', 'epoch 5', 'epoch 6']));
      await sleep(random.next() * 200);
      run.child.kill(signal);
      const ended = await run.ended;
      if (ended.hung) return `${signal}: hangs`;
      const cameTooLate = ended.signal === signal && statusOf(out) === 'finished';
      if (ended.code !== codes[signal] && ended.code !== 0 && !cameTooLate)
        return `${signal}: exit ${ended.code} ${ended.signal}, expected ${codes[signal]}: ${ended.stderr}`;
      if (faultyWords(ended)) return `${signal}: ${faultyWords(ended)}`;
      if (existsSync(`${out}/run.json`) && !['stopped', 'finished'].includes(statusOf(out)))
        return `${signal}: left the status ${statusOf(out)}`;
      const { code, stderr } = await place.ae('train', ...small, '--out', out, '--resume');
      if (code !== 0) return `${signal}: resumed with exit ${code}: ${stderr}`;
      return outcomeOf(out) === (await place.unbroken(small)) ? undefined : `${signal}: other bits`;
    });
  },
};
