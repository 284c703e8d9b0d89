import { countChanges, disturbed } from '../disturbed.js';
import { outcomeOf, small } from '../place.js';
import { attempts, below, oneOf, type Row } from '../row.js';

export const row: Row = {
  promise: 'A run that is killed while it writes a file goes on to the same bits',
  how: 'SIGKILL at a random call that opens, writes, flushes, renames or removes a file of the run, or when half of it is written; then resumed',
  times: { short: 5, whole: 300 },
  async run({ times, random, place }) {
    const counted = place.fresh('counted');
    const changes = await countChanges(place, ['train', ...small, '--out', counted], counted);
    const outcome = await attempts(times, async () => {
      const out = place.fresh('killed');
      const at = 1 + below(random, changes);
      const fault = oneOf(random, ['kill', 'half']);
      const args = ['train', ...small, '--out', out];
      const died = await disturbed(place, args, { fault, at, folder: out });
      if (died.signal !== 'SIGKILL' && died.code !== 0)
        return `${fault} at change ${at}: exit ${died.code}: ${died.stderr}`;
      const { code, stderr, hung } = await place.ae('train', ...small, '--out', out, '--resume');
      if (code !== 0 || hung)
        return `${fault} at change ${at} of ${changes}: resumed with exit ${code}: ${stderr}`;
      return outcomeOf(out) === (await place.unbroken(small))
        ? undefined
        : `${fault} at change ${at} of ${changes}: other bits`;
    });
    return { ...outcome, note: `${changes} changes of files in a run of 6 epochs` };
  },
};
