import { cpSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { fileNames } from '@ae/data-mnist';

import { flipBit } from '../mutate.js';
import { attempts, oneOf, type Row } from '../row.js';

export const row: Row = {
  promise:
    'A run folder works after it was moved, and with its data moved: they are known by their checksum, not their place',
  how: 'run and data go to other folders with spaces and accents in their names; one changed byte of the data is refused',
  times: { short: 4, whole: 60 },
  async run({ times, random, place }) {
    return attempts(times, async (i) => {
      const home = join(place.fresh('ein Ordner'), 'mit Ümläuten');
      mkdirSync(home, { recursive: true });
      const run = join(home, 'my run');
      renameSync(await place.finishedRun(), run);
      const data = join(home, 'my data');
      cpSync(join(place.folder, 'tiny'), data, { recursive: true });
      const cwd = place.fresh('elsewhere');
      mkdirSync(cwd);
      const broken = i % 2 === 1;
      if (broken) {
        const file = join(
          data,
          oneOf(random, [fileNames.trainImages, fileNames.testImages, fileNames.testLabels]),
        );
        writeFileSync(file, flipBit(readFileSync(file), random));
      }
      const option = oneOf(random, [
        ['--data', data],
        ['--data-dir', data],
      ]);
      const { code, stderr } = await place.start(['evaluate', run, ...option], { cwd }).ended;
      const what = `ae evaluate ${option.join(' ')}${broken ? ', a bit changed' : ''}`;
      return code === (broken ? 65 : 0) ? undefined : `${what}: exit ${code}: ${stderr}`;
    });
  },
};
