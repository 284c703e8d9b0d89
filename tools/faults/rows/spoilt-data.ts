import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { fileNames } from '@ae/data-mnist';
import { loadDataSet } from '@ae/data-mnist/node';

import { mutate } from '../mutate.js';
import { attempts, oneOf, type Row } from '../row.js';

const files = [fileNames.trainImages, fileNames.trainLabels, fileNames.testImages, fileNames.testLabels];

export const row: Row = {
  promise: 'A damaged data set is refused, with the file named; it never crashes, hangs or fills the memory',
  how: 'mutants of the four IDX files, plain and gzipped, read through the public door',
  times: { short: 300, whole: 20_000 },
  async run({ times, random, place }) {
    const folder = place.fresh('spoilt');
    cpSync(join(place.folder, 'tiny'), folder, { recursive: true });
    let opened = 0;
    const outcome = await attempts(times, async (i) => {
      const file = oneOf(random, files);
      const path = join(folder, file);
      const whole = readFileSync(path);
      const spoilt = random.next() < 0.3 ? mutate(gzipSync(whole), random) : mutate(whole, random);
      writeFileSync(path, spoilt.bytes);
      const start = performance.now();
      const fault = await loadDataSet(folder).then(
        () => void opened++,
        (error: Error) =>
          error.name === 'DataError' && error.message.includes(file)
            ? undefined
            : `${error.name}: ${error.message}`,
      );
      writeFileSync(path, whole);
      const what = `${file}, ${spoilt.how}, mutant ${i}`;
      if (typeof fault === 'string') return `${what}: ${fault}`;
      const seconds = (performance.now() - start) / 1000;
      return seconds > 2 ? `${what}: took ${seconds.toFixed(1)} s` : undefined;
    });
    return { ...outcome, note: `${opened} opened: pixels may be anything` };
  },
};
