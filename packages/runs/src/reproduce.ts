import { join } from 'node:path';

import { pcaBaselines } from '@ae/evaluation';
import { zoo, type ModelDefinition } from '@ae/models';
import { writeFileWhole } from '@ae/trainer/node';

import { commandLine, shellWord } from './command-line.js';
import { UsageError } from './errors.js';
import { estimateSeconds } from './estimate.js';
import type { Observer } from './observer.js';
import { holdRun, type Run } from './open-run.js';
import type { ReproduceOptions } from './options.js';
import { fitToData } from './prepare/build-model.js';
import { chooseBackend } from './prepare/choose-backend.js';
import { loadData, type LoadedData } from './prepare/load-data.js';
import type { TrainingJob } from './prepare/training-job.js';
import { readRun } from './record/read-run.js';
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
    const trainOne = ({ definition, isDone: _, seconds: __, ...one }: PlannedRun) => {
      observer.notice?.(`${definition.name}, recipe ${one.settings.recipe}`);
      const job = { found: { definition }, data, backend, stop, png: options.png === true, ...one };
      return train(job, observer);
    };
    const runs: Omit<ReproducedRun, 'pca'>[] = [];
    for (const one of planned) {
      stop.check();
      runs.push(await shown(one.isDone ? await finished(one, data) : await trainOne(one)));
    }
    observer.notice?.('fitting PCAs of the same sizes');
    const errors = pcaBaselines(
      data.set,
      runs.map(({ dimensions }) => dimensions),
    );
    return { runs: runs.map((run, i) => ({ ...run, pca: errors[i]! })), data, folder };
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

const finished = async ({ folder, definition }: PlannedRun, data: LoadedData): Promise<Run> =>
  holdRun({ folder, record: await readRun(folder), definition, data: () => Promise.resolve(data) });

/** What the page shows of a run, which is freed. */
async function shown(run: Run): Promise<Omit<ReproducedRun, 'pca'>> {
  try {
    const figures = onPage(await run.figures());
    return { run: run.record, dimensions: await run.dimensions(), figures, summary: run.definition.summary };
  } finally {
    run.dispose();
  }
}
