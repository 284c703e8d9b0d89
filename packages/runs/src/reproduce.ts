import { join } from 'node:path';

import { select } from '@ae/data';
import { pcaBaselines } from '@ae/evaluation';
import { disposeModel, encodeAll, zoo, type ModelDefinition } from '@ae/models';
import { writeFileWhole } from '@ae/trainer/node';

import { commandLine, shellWord } from './command-line.js';
import { UsageError } from './errors.js';
import { estimateSeconds } from './estimate.js';
import { runFigures } from './run-figures.js';
import type { Observer } from './observer.js';
import type { ReproduceOptions } from './options.js';
import { buildModel, fitToData, putWeights } from './prepare/build-model.js';
import { chooseBackend } from './prepare/choose-backend.js';
import { loadData, type LoadedData } from './prepare/load-data.js';
import type { TrainingJob } from './prepare/training-job.js';
import { readBestWeights, readHistory, readRun } from './record/read-run.js';
import { checkFree, claimFolder, holdsRun } from './record/run-folder.js';
import { begunOf } from './record/run-record.js';
import { checkUnchanged, readSettings } from './record/settings.js';
import { reproduction, type ReproducedRun } from './report/reproduction.js';
import { onPage } from './report/write-report.js';
import { stoppable, type Stop } from './stop.js';
import { train } from './training.js';
import { versions } from './versions.js';

/** One of the runs that are made. */
export interface PlannedRun extends Pick<TrainingJob, 'settings' | 'folder' | 'command' | 'begun'> {
  definition: ModelDefinition;
  isDone: boolean;
  /** About how long it will take here; 0 for one that is done. */
  seconds: number;
}

/** What came of it. */
export interface Reproduction {
  folder: string;
  /** The page of all runs. */
  report: string;
  runs: ReproducedRun[];
}

const originalModels = ['ae', 'conv-ae', 'vae', 'conv-vae'] as const;
export type OriginalModel = (typeof originalModels)[number];
const recipeNames = ['original', 'default'] as const;

/**
 * The original repository's models by its recipe and by ours, one after the other, and one page of them all.
 * @param observer told the plan, with the time each run will take, before the first of them begins
 * @throws StoppedOnRequest once `signal` was aborted and everything is saved
 */
export async function reproduce(
  { models = originalModels, ...options }: ReproduceOptions & { models?: readonly OriginalModel[] } = {},
  observer: Observer & { planned?(runs: readonly PlannedRun[]): void } = {},
): Promise<Reproduction> {
  if (options.resume && options.out === undefined)
    throw new UsageError('Cannot resume: no --out given, expected the folder that is to go on');
  if (!options.resume && options.out !== undefined) checkFree(options.out);
  const { runs, data, folder } = await stoppable(options.signal, async (stop) => {
    const backend = await chooseBackend(options.backend ?? 'auto', observer);
    const data = await loadData(options, observer, stop.signal);
    const folder = options.out ?? (await claimFolder('reproduce', new Date()));
    observer.notice?.(`${data.record.name}: ${data.record.source}`);
    observer.notice?.(`backend ${backend.name}: ${backend.why}`);
    observer.notice?.('timing a few steps of each run');
    const planned = await plan(models, { folder, options, data, stop });
    observer.planned?.(planned);
    stop.saves(`ae reproduce --out ${shellWord(folder)} --resume`);
    for (const { definition, isDone, seconds: _, ...one } of planned) {
      if (isDone) continue;
      stop.check();
      observer.notice?.(`${definition.name}, recipe ${one.settings.recipe}`);
      const job = { found: { definition }, data, backend, stop, png: options.png === true, ...one };
      (await train(job, observer)).dispose();
    }
    return { runs: await measureAll(planned, data, { observer, stop }), data, folder };
  });
  const report = join(folder, 'report.html');
  await writeFileWhole(report, reproduction(runs, data.record, versions().ae));
  return { folder, report, runs };
}

async function plan(
  models: readonly OriginalModel[],
  {
    folder,
    options,
    data,
    stop,
  }: { folder: string; options: ReproduceOptions; data: LoadedData; stop: Stop },
): Promise<PlannedRun[]> {
  const planned: PlannedRun[] = [];
  for (const model of models)
    for (const recipe of recipeNames) {
      stop.check();
      planned.push(
        await planOne(model, { ...options, recipe, out: join(folder, `${model}-${recipe}`) }, data),
      );
    }
  return planned;
}

async function planOne(
  model: OriginalModel,
  { recipe, epochs, seed, out }: ReproduceOptions & { recipe: string; out: string },
  data: LoadedData,
): Promise<PlannedRun> {
  const definition = zoo[model] as unknown as ModelDefinition;
  const asked = { recipe, epochs, seed };
  const settings = fitToData(readSettings(definition, asked), definition, data.set.train);
  const one = { definition, settings, folder: out, command: commandLine(model, asked, data.record) };
  const inTime = async () => ({
    isDone: false,
    seconds: await estimateSeconds(definition, settings, data),
  });
  if (!holdsRun(out)) return { ...one, ...(await inTime()) };
  const run = await readRun(out);
  checkUnchanged(definition, run, asked);
  if (run.data.checksum !== data.record.checksum)
    throw new UsageError(
      `Cannot resume ${out}: it was started on other data; give the same --data, or another --out`,
    );
  const standing = run.status === 'finished' ? { isDone: true, seconds: 0 } : await inTime();
  return { ...one, ...standing, begun: begunOf(run) };
}

/** Every run with its figures, and a PCA of the size of its code. */
async function measureAll(
  planned: readonly PlannedRun[],
  data: LoadedData,
  { observer, stop }: { observer: Observer; stop: Stop },
): Promise<ReproducedRun[]> {
  const runs: Omit<ReproducedRun, 'pca'>[] = [];
  for (const { definition, settings, folder } of planned) {
    stop.check();
    const run = await readRun(folder);
    const history = await readHistory(folder, run);
    const { model } = buildModel(definition, settings);
    try {
      putWeights(model, await readBestWeights(folder, run), folder);
      const { dimensions } = await encodeAll(model, select(data.set.test, [0]));
      const figures = onPage(
        await runFigures({
          ...{ model, history, seed: settings.seed, shape: data.record.shape },
          test: () => Promise.resolve(data.set.test),
        }),
      );
      runs.push({ run, dimensions, figures, summary: definition.summary });
    } finally {
      disposeModel(model);
    }
  }
  observer.notice?.('fitting PCAs of the same sizes');
  const errors = pcaBaselines(
    data.set,
    runs.map(({ dimensions }) => dimensions),
  );
  return runs.map((run, i) => ({ ...run, pca: errors[i]! }));
}
