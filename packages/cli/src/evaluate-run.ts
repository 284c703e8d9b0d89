import { join } from 'node:path';

import { batches, sizeOf } from '@ae/data';
import { evaluate } from '@ae/trainer';
import { sha256 } from '@ae/models';

import type { PlaceOptions } from './command.js';
import { findFaults } from './find-faults.js';
import { encodeImages, pick } from './model-images.js';
import { withRun } from './open-run.js';
import type { Output } from './output.js';
import { pcaBaselines, type PcaBaseline } from './pca-baseline.js';
import { formatMetric } from './report/numbers.js';
import { runFiles } from './run-folder.js';
import { writeSealed } from './sealed-json.js';
import type { Evaluation } from './run-record.js';
import { textTable } from './text-table.js';

/** `ae evaluate`: the run's metrics on the test images, what went wrong with its code, and what a PCA of as many numbers reaches on the same. */
export async function evaluateRun(folder: string, options: PlaceOptions, output: Output): Promise<void> {
  await withRun(folder, options, output, async ({ run, model, weights, random, data }) => {
    const { set } = await data();
    const test = await evaluate(model, batches(set.test, { batchSize: 500 }), { random });
    const { dimensions } = await encodeImages(model, pick(set.test, [0]));
    const findings = await findFaults(model, set, test);
    findings.forEach(({ text }) => output.notice(text));
    output.notice(`fitting a PCA of ${dimensions} components to ${set.train.count} training images`);
    const components = Math.min(dimensions, sizeOf(set.train.shape));
    const [pca] = pcaBaselines(set, [components]) as [PcaBaseline];
    await writeSealed(join(folder, runFiles.evaluation), {
      weights: sha256(weights.bytes),
      ...{ test, pca, findings },
    } satisfies Evaluation);
    output.result(
      textTable(
        ['', run.model, `PCA of ${pca.components}`],
        Object.entries(test).map(([name, value]) => [
          name,
          formatMetric(name, value),
          formatMetric(name, name === 'mse' ? pca.mse : undefined),
        ]),
      ),
      { run: folder, model: run.model, images: set.test.count, test, pca, findings },
    );
  });
}
