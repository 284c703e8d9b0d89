import { join } from 'node:path';

import { batches, sizeOf, wordsFor } from '@ae/data';
import { findFaults, pcaBaselines, type PcaBaseline } from '@ae/evaluation';
import { sha256 } from '@ae/models';
import { evaluate } from '@ae/trainer';

import type { Observer } from './observer.js';
import type { Run } from './open-run.js';
import { runFiles } from './record/run-folder.js';
import type { Evaluation } from './record/run-record.js';
import { writeSealed } from './record/sealed-json.js';

/**
 * The run's metrics on the test examples, what went wrong with its code, and what a PCA of as many numbers reaches on the
 * same. It is kept in the run folder as `evaluation.json`.
 * @throws DiskError where the folder cannot be written to
 */
export async function evaluateRun(run: Run, observer: Observer = {}): Promise<Evaluation> {
  const { folder, model, weights, random } = run;
  const { set } = await run.data();
  const test = await evaluate(model, batches(set.test, { batchSize: 500 }), { random });
  const dimensions = await run.dimensions();
  const findings = await findFaults(model, set, test);
  findings.forEach(({ text }) => observer.notice?.(text));
  observer.notice?.(
    `fitting a PCA of ${dimensions} components to ${set.train.count} training ${wordsFor(set.train.shape).many}`,
  );
  const components = Math.min(dimensions, sizeOf(set.train.shape));
  const [pca] = pcaBaselines(set, [components]) as [PcaBaseline];
  const evaluation: Evaluation = { weights: sha256(weights.bytes), test, pca, findings };
  await writeSealed(join(folder, runFiles.evaluation), evaluation);
  return evaluation;
}
