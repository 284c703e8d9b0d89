import { join } from 'node:path';

import { batches } from '@ae/data';
import { findFaults } from '@ae/evaluation';
import { disposeModel, type Autoencoder, type RandomStream } from '@ae/models';
import { bestOf, evaluate, fit, type HistoryRow, type TrainingState } from '@ae/trainer';
import { hasCheckpoint, readCheckpoint } from '@ae/trainer/node';

import { callbacksOf } from './callbacks.js';
import { StoppedOnRequest } from './errors.js';
import type { Observer } from './observer.js';
import { runOf, type Run } from './open-run.js';
import { keepSource, recordOf as keptRecord } from './own-code/kept-source.js';
import { ownFault } from './own-code/own-fault.js';
import { withoutListeners } from './own-code/without-listeners.js';
import { checksumsOf, damaged, readBestWeights } from './record/read-run.js';
import { checkFree, runFiles } from './record/run-folder.js';
import { withRunLock } from './record/run-lock.js';
import type { TrainingJob } from './prepare/training-job.js';
import { buildModel, putWeights } from './prepare/build-model.js';
import type { Metrics, StoredRecord } from './record/run-record.js';
import { writeSealed } from './record/sealed-json.js';
import { versions } from './versions.js';

/**
 * Trains from the start or from the folder's checkpoint, then measures the best weights and draws the report.
 * @throws StoppedOnRequest after a saved stop
 * @throws UsageError where another process trains the run
 */
export function train(job: TrainingJob, observer: Observer): Promise<Run> {
  return withRunLock(job.folder, () => {
    if (!job.begun) checkFree(job.folder);
    return trainLocked(job, observer);
  });
}

async function trainLocked(job: TrainingJob, observer: Observer): Promise<Run> {
  const { found, settings, folder, data } = job;
  const build = () => buildModel(found.definition, settings);
  const { model, random } = found.source ? await withoutListeners(build) : build();
  try {
    let run: StoredRecord = recordOf(job);
    const save = () => writeSealed(join(folder, runFiles.record), run);
    const resume = await readState(folder, observer);
    if (found.source && !job.begun) await keepSource(folder, found.source);
    await save();
    try {
      const { history } = await fitSaved(job, { model, random, resume }, observer);
      run = { ...run, ...speedOf(history, data.record.train) };
      job.stop.check();
      const weights = await readBestWeights(folder);
      putWeights(model, weights, folder);
      run = { ...run, ...(await measureBest(job, { model, weights, random, history })) };
      run.findings?.forEach(({ text }) => observer.notice?.(text));
      const finished: StoredRecord = {
        ...run,
        status: 'finished',
        finishedAt: new Date().toISOString(),
        files: await checksumsOf(folder),
      };
      const trained = runOf({
        ...{ folder, record: finished, definition: found.definition, model, weights, random },
        data: () => Promise.resolve(data),
        dispose: () => disposeModel(model),
      });
      const { writeReport } = await import('./report/write-report.js'); // loads the drawing only now
      await writeReport(trained, { png: job.png, check: job.stop.check });
      job.stop.check();
      run = finished;
      await save();
      return trained;
    } catch (error) {
      const status = error instanceof StoppedOnRequest ? 'stopped' : 'failed';
      if (run.status === 'running')
        run = { ...run, status, files: await checksumsOf(folder).catch(() => ({})) };
      await save().catch(() => {}); // what went wrong first is what is told
      throw found.source ? ownFault(error, found.source) : error;
    }
  } catch (error) {
    disposeModel(model);
    throw error;
  }
}

interface Start {
  model: Autoencoder;
  random: RandomStream;
  resume: TrainingState | undefined;
}

/** The loop, with its files. */
async function fitSaved(
  { settings, folder, data, stop, callbacks = [] }: TrainingJob,
  { model, random, resume }: Start,
  observer: Observer,
) {
  const { epochs, optimizer, batchSize, seed } = settings;
  const { train, validation } = data.set;
  const measured = validation.count > 0;
  const notice = (text: string) => observer.notice?.(text);
  return fit(model, {
    train: batches(train, { batchSize, seed }),
    ...(measured && { validation: batches(validation, { batchSize: EVALUATED_AT_ONCE }) }),
    epochs,
    optimizer,
    random,
    callbacks: [
      ...callbacksOf(settings, {
        folder,
        best: bestOf(settings, model, { isValidated: measured, onNotice: notice }),
        facts: {
          ...(train.classes && { classes: train.classes }),
          ...(train.scaling && { scaling: train.scaling }),
        },
        report: (step) => observer.step?.(step),
      }),
      ...callbacks,
    ],
    signal: stop.signal,
    ...(resume && { resume }),
    onNotice: notice,
  });
}

const EVALUATED_AT_ONCE = 500;

interface Best extends Pick<Run, 'model' | 'weights' | 'random'> {
  history: readonly HistoryRow[];
}

/** Measures the best weights on the test images; on the validation images they were measured. */
async function measureBest({ data: { set } }: TrainingJob, { model, weights, random, history }: Best) {
  const bestEpoch = Number(weights.metadata.epoch);
  const test = await evaluate(model, batches(set.test, { batchSize: EVALUATED_AT_ONCE }), { random });
  const row = Object.entries(history.find(({ epoch }) => epoch === bestEpoch) ?? {});
  const validation: Metrics = Object.fromEntries(
    row.flatMap(([column, value]) => (column.startsWith('validation.') ? [[column.slice(11), value]] : [])),
  );
  const findings = await findFaults(model, set, test);
  return { metrics: { test, validation }, bestEpoch, ...(findings.length > 0 && { findings }) };
}

async function readState(folder: string, observer: Observer): Promise<TrainingState | undefined> {
  if (!hasCheckpoint(folder)) return undefined;
  try {
    const { state, notice } = await readCheckpoint(folder);
    if (notice !== undefined) observer.notice?.(notice);
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
