import { isAbsolute } from 'node:path';

import type { Examples } from '@ae/data';
import { tableSetting } from '@ae/evaluation';

import { option, shellWord } from './command-line.js';
import { fitRunDetector, type RunDetectorOptions } from './fit-run-detector.js';
import type { Observer } from './observer.js';
import { runOf, type Run } from './open-run.js';
import type { TrainOptions } from './options.js';
import { askedFor } from './prepare/asked-data.js';
import type { OptionValue } from './prepare/model-options.js';
import type { Detection } from './record/detection-record.js';
import { writeReport } from './report/write-report.js';
import { trainFor } from './train-run.js';

/** How a detector is trained. */
export interface DetectOptions extends TrainOptions, RunDetectorOptions {
  /** @default one for the shape of the data; said */
  model?: string | undefined;
}

/**
 * Trains a model on what belongs, and makes it a detector that is judged: a run folder with `detector.json` and a report
 * that says whether the autoencoder was worth it. Where there are labels, the classes that belong are found by their names
 * or by `normal`, and what does not belong is kept for the test; without labels everything is trained on.
 * @throws as `trainRun` and `fitRunDetector` do
 */
export async function detectRun(
  options: DetectOptions,
  observer: Observer = {},
): Promise<{ run: Run; detection: Detection }> {
  const { score, falseAlarms, contamination, ...training } = options;
  const isOwn = typeof training.data === 'string' && isAbsolute(askedFor(training.data));
  const run = await trainFor(
    { modelFor, command: commandOf(options) },
    { normal: 'guess', ...(isOwn && { validation: HELD_OUT }), ...training },
    observer,
  );
  const { detection } = await fitRunDetector(run, { score, falseAlarms, contamination }, observer);
  const judged = runOf(run); // whose figures have not been drawn yet
  await writeReport(judged, { png: training.png });
  return { run: judged, detection };
}

/** What goes on with it: the run keeps how it is trained, but not yet how it becomes a detector. */
function commandOf({ data, score, falseAlarms, contamination }: DetectOptions): string {
  const words = [
    ...['ae', 'detect', typeof data === 'string' ? data : '<data>'],
    ...option('--score', score),
    ...option('--false-alarms', falseAlarms),
    ...option('--contamination', contamination),
  ];
  return words.map(shellWord).join(' ');
}

/** The share of the examples by which the threshold is chosen, where nothing is said. */
const HELD_OUT = 0.2;

/** A model for what is to be judged, where none is named: ours. */
export function modelFor({ shape }: Examples): Pick<TrainOptions, 'model' | 'options'> {
  if (shape.length === 1)
    return { model: 'ae', options: tableSetting(shape[0]!).options as Record<string, OptionValue> };
  if (shape.length === 2)
    return {
      model: 'ae',
      options: { network: 'conv1d', latentDim: Math.max(2, Math.round((shape[0]! * shape[1]!) / 8)) },
    };
  return { model: 'conv-ae', options: { latentDim: 32 } };
}
