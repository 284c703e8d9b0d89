import { join } from 'node:path';

import { disposeModel, zoo, type ModelDefinition } from '@ae/models';
import { writeFileWhole } from '@ae/trainer/node';

import { chooseBackend, type ChosenBackend } from './backend.js';
import { commandLine, shellWord } from './command-line.js';
import type { ReproduceOptions } from './commands/reproduce.js';
import { estimateSeconds } from './estimate.js';
import { UsageError } from './exit-code.js';
import { runFigures } from './figures.js';
import { loadData, type LoadedData } from './load-data.js';
import { encodeImages, pick } from './model-images.js';
import type { Output } from './output.js';
import { pcaBaselines } from './pca-baseline.js';
import { formatMetric, formatSeconds } from './report/numbers.js';
import { reproduction, type ReproducedRun } from './report/reproduction.js';
import { readBestWeights, readHistory, readRun } from './read-run.js';
import { checkFree, claimFolder, holdsRun } from './run-folder.js';
import { buildModel, fitToImages, putWeights } from './run-model.js';
import { begunOf, type StoredRecord } from './run-record.js';
import { checkUnchanged, readSettings, type Settings } from './settings.js';
import { withStop, type Stop } from './stop.js';
import { textTable } from './text-table.js';
import { train } from './training.js';
import { versions } from './versions.js';
import { onPage } from './write-report.js';

/** One of the runs that are made. */
interface Planned {
  definition: ModelDefinition;
  settings: Settings;
  folder: string;
  command: string;
  isDone: boolean;
  begun?: Pick<StoredRecord, 'startedAt' | 'lengthened'>;
}

/** `ae reproduce`: the origin's models by its recipe and by ours, one after the other, and one page of them all. */
export async function reproduceRuns(
  typed: ReproduceOptions,
  output: Output,
  models: readonly OriginModel[] = originModels,
): Promise<void> {
  if (typed.resume && typed.out === undefined)
    throw new UsageError('Cannot resume: no --out given, expected the folder that is to go on');
  if (!typed.resume && typed.out !== undefined) checkFree(typed.out);
  const { runs, data, folder } = await withStop(async (stop) => {
    const backend = await chooseBackend(typed.backend ?? 'auto', output);
    const data = await loadData(typed, output, stop.signal);
    const folder = typed.out ?? (await claimFolder('reproduce', new Date()));
    const planned = await plan(models, { folder, typed, data });
    await announce(planned, data, backend, { output, stop });
    stop.saves(`ae reproduce --out ${shellWord(folder)} --resume`);
    for (const { definition, isDone, ...one } of planned) {
      if (isDone) continue;
      stop.check();
      output.notice(`${definition.name}, recipe ${one.settings.recipe}`);
      await train({ found: { definition }, data, backend, stop, png: typed.png === true, ...one }, output);
    }
    return { runs: await measureAll(planned, data, { output, stop }), data, folder };
  });
  const path = join(folder, 'report.html');
  await writeFileWhole(path, reproduction(runs, data.record, versions().ae));
  output.result(`${tableOf(runs)}\n${path}`, { folder, report: path, runs: runs.map(({ run }) => run) });
}

/** What long work speaks on, and whether it is to end. */
interface Watched {
  output: Output;
  stop: Stop;
}

const originModels = ['ae', 'conv-ae', 'vae', 'conv-vae'] as const;
type OriginModel = (typeof originModels)[number];
const recipeNames = ['original', 'default'] as const;

async function plan(
  models: readonly OriginModel[],
  { folder, typed, data }: { folder: string; typed: ReproduceOptions; data: LoadedData },
): Promise<Planned[]> {
  const pairs = models.flatMap((model) => recipeNames.map((recipe) => ({ model, recipe })));
  return Promise.all(
    pairs.map(async ({ model, recipe }) => {
      const definition = zoo[model] as unknown as ModelDefinition;
      const asked = {
        recipe,
        ...(typed.epochs !== undefined && { epochs: typed.epochs }),
        ...(typed.seed !== undefined && { seed: typed.seed }),
      };
      const settings = fitToImages(readSettings(definition, asked), definition, data.record);
      const one = {
        definition,
        settings,
        folder: join(folder, `${model}-${recipe}`),
        command: commandLine(model, asked, data.record),
      };
      if (!holdsRun(one.folder)) return { ...one, isDone: false };
      const run = await readRun(one.folder);
      checkUnchanged(definition, run, asked);
      if (run.data.checksum !== data.record.checksum)
        throw new UsageError(
          `Cannot resume ${one.folder}: it was started on other data; give the same --data, or another --out`,
        );
      return { ...one, isDone: run.status === 'finished', begun: begunOf(run) };
    }),
  );
}

/** Says how long it will take, from the time of a few steps of each. */
async function announce(
  planned: readonly Planned[],
  data: LoadedData,
  backend: ChosenBackend,
  { output, stop }: Watched,
): Promise<void> {
  output.notice(`${data.record.name}: ${data.record.source}`);
  output.notice(`backend ${backend.name}: ${backend.why}`);
  output.notice('timing a few steps of each run');
  let total = 0;
  const rows: string[][] = [];
  for (const { definition, settings, isDone } of planned) {
    stop.check();
    const seconds = isDone ? 0 : await estimateSeconds(definition, settings, data);
    total += seconds;
    rows.push([
      definition.name,
      settings.recipe,
      `${settings.epochs}`,
      isDone ? 'done' : formatSeconds(seconds),
    ]);
  }
  output.notice(textTable(['model', 'recipe', 'epochs', 'about'], rows));
  output.notice(`all together about ${formatSeconds(total)}; stopped at any time, it goes on with --resume`);
}

/** Every run with its figures, and a PCA of the size of its code. */
async function measureAll(
  planned: readonly Planned[],
  data: LoadedData,
  { output, stop }: Watched,
): Promise<ReproducedRun[]> {
  const runs: Omit<ReproducedRun, 'pca'>[] = [];
  for (const { definition, settings, folder } of planned) {
    stop.check();
    const run = await readRun(folder);
    const history = await readHistory(folder, run);
    const { model } = buildModel(definition, settings);
    try {
      putWeights(model, await readBestWeights(folder, run), folder);
      const { dimensions } = await encodeImages(model, pick(data.set.test, [0]));
      const figures = onPage(
        await runFigures({ model, test: data.set.test }, { history, seed: settings.seed }),
      );
      runs.push({ run, dimensions, figures, summary: definition.summary });
    } finally {
      disposeModel(model);
    }
  }
  output.notice('fitting PCAs of the same sizes');
  const errors = pcaBaselines(
    data.set,
    runs.map(({ dimensions }) => dimensions),
  );
  return runs.map((run, i) => ({ ...run, pca: errors[i]! }));
}

const tableOf = (runs: readonly ReproducedRun[]): string =>
  textTable(
    ['model', 'recipe', 'code', 'test loss', 'test mse', 'PCA mse', 'training'],
    runs.map(({ run, dimensions, pca }) => [
      run.model,
      run.recipe,
      String(dimensions),
      formatMetric('loss', run.metrics?.test.loss),
      formatMetric('mse', run.metrics?.test.mse),
      formatMetric('mse', pca.mse),
      formatSeconds(run.seconds ?? 0),
    ]),
  );
