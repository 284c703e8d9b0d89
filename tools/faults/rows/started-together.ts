import { readdirSync } from 'node:fs';

import { outcomeOf, small, statusOf } from '../place.js';
import { attempts, type Row } from '../row.js';
import { join } from 'node:path';
import { mkdirSync, cpSync } from 'node:fs';

const AT_ONCE = 4;

export const row: Row = {
  promise:
    'Runs that are started together get folders of their own; a run is trained by one process at a time',
  how: `${AT_ONCE} runs started at once without --out; then ${AT_ONCE} processes that resume one run at once`,
  times: { short: 1, whole: 20 },
  async run({ times, place }) {
    return attempts(times, async () => {
      const cwd = place.fresh('together');
      mkdirSync(cwd);
      cpSync(join(place.folder, 'tiny'), join(cwd, 'tiny'), { recursive: true });
      const all = (make: (i: number) => readonly string[]) =>
        Promise.all(Array.from({ length: AT_ONCE }, (_, i) => place.start(make(i), { cwd }).ended));
      const ended = await all(() => ['train', ...small]);
      const bad = ended.find(({ code }) => code !== 0);
      if (bad) return `started together: exit ${bad.code}: ${bad.stderr}`;
      const folders = readdirSync(join(cwd, 'runs'));
      if (folders.length !== AT_ONCE)
        return `started together: ${folders.length} folders for ${AT_ONCE} runs`;
      for (const folder of folders)
        if (outcomeOf(join(cwd, 'runs', folder)) !== (await place.unbroken(small)))
          return 'started together: other bits';

      const out = join(cwd, 'one');
      const first = place.start(['train', ...small, '--epochs', '12', '--out', out], { cwd });
      await first.says('epoch 2');
      first.child.kill('SIGKILL');
      await first.ended;
      const resumed = await all(() => ['train', '--out', out, '--resume']);
      const through = resumed.filter(({ code }) => code === 0).length;
      const refused = resumed.filter(
        ({ code, stderr }) => code !== 0 && /another process|is being trained/.test(stderr),
      );
      if (through < 1 || through + refused.length !== AT_ONCE)
        return `resumed together: exits ${resumed.map(({ code }) => code).join(', ')}: ${resumed.map(({ stderr }) => stderr).join('\n')}`;
      if (statusOf(out) !== 'finished') return `resumed together: the status is ${statusOf(out)}`;
      const settings = [...small, '--epochs', '12'];
      return outcomeOf(out) === (await place.unbroken(settings)) ? undefined : 'resumed together: other bits';
    });
  },
};
