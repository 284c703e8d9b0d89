import { join } from 'node:path';

import { batches } from '@ae/data';
import { disposeModel, type Autoencoder, type RandomStream } from '@ae/models';
import { evaluate, fit, type HistoryRow, type TrainingState } from '@ae/trainer';
import { hasCheckpoint, readCheckpoint } from '@ae/trainer/node';

import { bestOf } from './best-of.js';
import { callbacksOf } from './callbacks.js';
import { findFaults } from './find-faults.js';
import { StoppedOnRequest } from './exit-code.js';
import type { LoadedData } from './load-data.js';
import type { FoundModel } from './model-of.js';
import type { LiveView } from './live/live-view.js';
import type { Output } from './output.js';
import { keepSource, recordOf as keptRecord } from './own-code/kept-source.js';
import { ownFault } from './own-code/own-fault.js';
import { trainingBar } from './progress-bar.js';
import { checksumsOf, damaged, readBestWeights } from './read-run.js';
import { checkFree, runFiles } from './run-folder.js';
import { withRunLock } from './run-lock.js';
import { buildModel, putWeights } from './run-model.js';
import type { Metrics, RunRecord, StoredRecord } from './run-record.js';
import { writeSealed } from './sealed-json.js';
import type { Settings } from './settings.js';
import { withoutStop, type Stop } from './stop.js';
import { versions } from './versions.js';

/** One run, with everything that it is made of at hand. */
export interface TrainingJob {
  found: FoundModel;
  settings: Settings;
  folder: string;
  data: LoadedData;
  backend: { name: string; why: string };
  /** What repeats the run, for its record. */
  command: string;
  /** What a run that is resumed began with. */
  begun?: Pick<StoredRecord, 'startedAt' | 'lengthened'>;
  png: boolean;
  stop: Stop;
  /** The page on which it is watched. */
  live?: LiveView | undefined;
}

/** A finished run and its report's path. */
export interface TrainedRun {
  run: RunRecord;
  report: string;
}

/**
 * Trains from the start or from the folder's checkpoint, then measures the best weights and draws the report.
 * @throws StoppedOnRequest after a saved stop
 * @throws UsageError where another process trains the run
 */
export function train(job: TrainingJob, output: Output): Promise<TrainedRun> {
  return withRunLock(job.folder, () => {
    if (!job.begun) checkFree(job.folder);
    return trainLocked(job, output);
  });
}

async function trainLocked(job: TrainingJob, output: Output): Promise<TrainedRun> {
  const { found, settings, folder, data } = job;
  const build = () => buildModel(found.definition, settings);
  const { model, random } = found.source ? await withoutStop(build) : build();
  try {
    let run: StoredRecord = recordOf(job);
    const save = () => writeSealed(join(folder, runFiles.record), run);
    const resume = await readState(folder, output);
    if (found.source && !job.begun) await keepSource(folder, found.source);
    await save();
    try {
      const { history } = await fitSaved(job, { model, random, resume }, output);
      run = { ...run, ...speedOf(history, data.record.train) };
      job.stop.check();
      run = { ...run, ...(await measureBest(job, { model, random, history })) };
      run.findings?.forEach(({ text }) => output.notice(text));
      const finished: StoredRecord = {
        ...run,
        status: 'finished',
        finishedAt: new Date().toISOString(),
        files: await checksumsOf(folder),
      };
      const source = {
        ...{ model, test: data.set.test, history, summary: found.definition.summary, png: job.png },
        check: job.stop.check,
      };
      const { writeReport } = await import('./write-report.js'); // loads the drawing only now
      const report = await writeReport(folder, finished, source);
      job.stop.check();
      run = finished;
      await save();
      return { run, report };
    } catch (error) {
      const status = error instanceof StoppedOnRequest ? 'stopped' : 'failed';
      if (run.status === 'running')
        run = { ...run, status, files: await checksumsOf(folder).catch(() => ({})) };
      await save().catch(() => {}); // what went wrong first is what is told
      throw found.source ? ownFault(error, found.source) : error;
    }
  } finally {
    disposeModel(model);
  }
}

interface Start {
  model: Autoencoder;
  random: RandomStream;
  resume: TrainingState | undefined;
}

/** The loop, with its progress and its files. */
async function fitSaved(
  { settings, folder, data, stop, live }: TrainingJob,
  { model, random, resume }: Start,
  output: Output,
) {
  const { epochs, optimizer, batchSize, seed } = settings;
  const { train, validation } = data.set;
  const measured = validation.count > 0;
  const bar = trainingBar(output, epochs);
  try {
    return await fit(model, {
      train: batches(train, { batchSize, seed }),
      ...(measured && { validation: batches(validation, { batchSize: EVALUATED_AT_ONCE }) }),
      epochs,
      optimizer,
      random,
      callbacks: [
        ...callbacksOf(settings, {
          folder,
          best: bestOf(settings, model, { measured, notice: output.notice }),
          facts: {
            ...(train.classes && { classes: train.classes }),
            ...(train.scaling && { scaling: train.scaling }),
          },
          report(step) {
            bar.update(step);
            live?.progress(step);
          },
        }),
        ...(live ? [live.figures] : []),
      ],
      signal: stop.signal,
      ...(resume && { resume }),
      onNotice: output.notice,
    });
  } finally {
    bar.stop();
  }
}

const EVALUATED_AT_ONCE = 500;

/** Puts the best weights back and measures them on the test images; on the validation images they were measured. */
async function measureBest(
  { folder, data: { set } }: TrainingJob,
  { model, random, history }: { model: Autoencoder; random: RandomStream; history: readonly HistoryRow[] },
) {
  const best = await readBestWeights(folder);
  putWeights(model, best, folder);
  const bestEpoch = Number(best.metadata.epoch);
  const test = await evaluate(model, batches(set.test, { batchSize: EVALUATED_AT_ONCE }), { random });
  const row = Object.entries(history.find(({ epoch }) => epoch === bestEpoch) ?? {});
  const validation: Metrics = Object.fromEntries(
    row.flatMap(([column, value]) => (column.startsWith('validation.') ? [[column.slice(11), value]] : [])),
  );
  const findings = await findFaults(model, set, test);
  return { metrics: { test, validation }, bestEpoch, ...(findings.length > 0 && { findings }) };
}

async function readState(folder: string, output: Output): Promise<TrainingState | undefined> {
  if (!hasCheckpoint(folder)) return undefined;
  try {
    const { state, notice } = await readCheckpoint(folder);
    if (notice !== undefined) output.notice(notice);
    return state;
  } catch (cause) {
    throw cause instanceof RangeError ? await damaged(folder, runFiles.checkpoint, cause) : cause;
  }
}

function recordOf({ found, settings, data, backend, command, begun }: TrainingJob): StoredRecord {
  return {
    format: 1,
    status: 'running',
    model: found.definition.name,
    ...(found.source && { source: keptRecord(found.source) }),
    ...settings,
    data: data.record,
    backend: { name: backend.name, why: backend.why },
    versions: versions(),
    command,
    ...(begun ?? { startedAt: new Date().toISOString() }),
  };
}

function speedOf(history: readonly HistoryRow[], images: number) {
  const last = history.at(-1);
  if (!last) return { epochsDone: 0 };
  const training = history.reduce((sum, { imagesPerSecond }) => sum + images / imagesPerSecond, 0);
  return {
    epochsDone: last.epoch,
    seconds: last.seconds,
    imagesPerSecond: (images * history.length) / training,
  };
}
