import { countChanges, disturbed } from '../disturbed.js';
import { faultyWords, outcomeOf, small } from '../place.js';
import { attempts, oneOf, type Row } from '../row.js';

const codes = ['ENOSPC', 'EIO', 'EACCES', 'EROFS', 'EMFILE', 'EDQUOT'];

export const row: Row = {
  promise: 'A disk that fails ends a run with exit 74 and words that say so; what was saved before is kept',
  how: 'the k-th call that changes a file of the run fails, for k spread over all of them; then the run is resumed',
  times: { short: 6, whole: 300 },
  async run({ times, random, place }) {
    const counted = place.fresh('counted');
    const changes = await countChanges(place, ['train', ...small, '--out', counted], counted);
    return attempts(times, async (i) => {
      const out = place.fresh('failing');
      const at = 1 + Math.floor((i * changes) / times);
      const fault = oneOf(random, codes);
      const failed = await disturbed(place, ['train', ...small, '--out', out], { fault, at, folder: out });
      const what = `${fault} at change ${at} of ${changes}`;
      if (failed.hung) return `${what}: hangs`;
      if (failed.code !== 74 && failed.code !== 0) return `${what}: exit ${failed.code}: ${failed.stderr}`;
      if (faultyWords(failed)) return `${what}: ${faultyWords(failed)}`;
      const { code, stderr } = await place.ae('train', ...small, '--out', out, '--resume');
      if (code !== 0) return `${what}: resumed with exit ${code}: ${stderr}`;
      return outcomeOf(out) === (await place.unbroken(small)) ? undefined : `${what}: other bits`;
    });
  },
};
