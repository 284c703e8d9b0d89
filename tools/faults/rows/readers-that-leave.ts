import { setTimeout as sleep } from 'node:timers/promises';

import { outcomeOf, small, statusOf } from '../place.js';
import { attempts, oneOf, type Row } from '../row.js';

export const row: Row = {
  promise:
    'No output is worth a run: whoever reads it may go away, and the run is trained and saved all the same',
  how: 'the pipes of standard output, of standard error or of both are closed at a random moment; half of the runs get Ctrl-C afterwards',
  times: { short: 4, whole: 100 },
  run({ times, random, place }) {
    return attempts(times, async (i) => {
      const out = place.fresh('unheard');
      const run = place.start([
        'train',
        ...small,
        '--out',
        out,
        ...(random.next() < 0.3 ? ['--verbose'] : []),
      ]);
      const streams = oneOf(random, [['stderr'], ['stdout'], ['stdout', 'stderr']] as const);
      const moment = oneOf(random, ['', 'backend', 'epoch 1', 'epoch 4']);
      if (moment !== '') await run.says(moment);
      await sleep(random.next() * 100);
      for (const stream of streams) run.child[stream]!.destroy();
      const interrupted = i % 2 === 1;
      if (interrupted) {
        await sleep(300 + random.next() * 500);
        run.child.kill('SIGINT');
      }
      const what = `${streams.join(' and ')} closed at "${moment}"${interrupted ? ', then SIGINT' : ''}`;
      const { code, signal, hung } = await run.ended;
      if (hung) return `${what}: hangs`;
      // The run is saved in either case; a result that could not be written is said by the exit code alone.
      const expected = [0, 74, ...(interrupted ? [130] : [])];
      const cameTooLate = interrupted && signal === 'SIGINT' && statusOf(out) === 'finished';
      if (!expected.includes(code ?? -1) && !cameTooLate) return `${what}: exit ${code} ${signal}`;
      if (code === 0 && statusOf(out) !== 'finished')
        return `${what}: exit 0 and the status ${statusOf(out)}`;
      const resumed = await place.ae('train', ...small, '--out', out, '--resume');
      if (resumed.code !== 0) return `${what}: resumed with exit ${resumed.code}: ${resumed.stderr}`;
      return outcomeOf(out) === (await place.unbroken(small)) ? undefined : `${what}: other bits`;
    });
  },
};
