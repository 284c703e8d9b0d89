import { rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { spansTheRun } from '@ae/trainer';

import { chooseBackend } from './backend.js';

import { commandLine, shellWord } from './command-line.js';
import type { TrainOptions } from './commands/train.js';
import { UsageError } from './exit-code.js';
import { loadData } from './load-data.js';
import { metricsText } from './metrics-text.js';
import { isFile, modelOf, modelOfRun, type FoundModel } from './model-of.js';
import type { Output } from './output.js';
import type { LocatedSource } from './own-code/source.js';
import { trust } from './own-code/trust.js';
import { reloadData } from './reload-data.js';
import { readRun, verifyFiles } from './read-run.js';
import { checkFree, claimFolder, holdsRun, runFiles } from './run-folder.js';
import { fitToImages } from './run-model.js';
import { begunOf, type RunRecord } from './run-record.js';
import { checkUnchanged, readSettings, settingsIn } from './settings.js';
import { withoutStop, withStop, type Stop } from './stop.js';
import { train, type TrainingJob } from './training.js';

/** `ae train`: a new run, or one that goes on. */
export async function trainRun(
  model: string | undefined,
  typed: TrainOptions,
  output: Output,
): Promise<void> {
  const trained = await withStop(async (stop) => {
    const job = await (isToGoOn(typed, output) ? resumedJob : newJob)(model, typed, { output, stop });
    return job && trainJob(job, typed, output);
  });
  if (!trained) return tellFinished(typed.out!, output);
  const { run, report } = trained;
  output.result(`${metricsText(run)}\n${report}`, { run: dirname(report), report, ...run });
}

/** What long work speaks on, and whether it is to end. */
interface Watched {
  output: Output;
  stop: Stop;
}

async function trainJob(job: TrainingJob, { out, live: isLive }: TrainOptions, output: Output) {
  const { found, settings, data, backend, folder, stop } = job;
  output.notice(
    `${found.definition.name}, recipe ${settings.recipe}, on ${data.record.name}: ${data.record.source}`,
  );
  output.notice(`backend ${backend.name}: ${backend.why}`);
  output.notice(`run folder ${folder}`);
  if (found.source) await rememberTrust(found.source, output);
  try {
    stop.check();
    stop.saves(`ae train --out ${shellWord(folder)} --resume`);
    if (!isLive) return await train(job, output);
    const { withLiveView } = await import('./live/live-view.js');
    return await withLiveView(job, (live) => {
      output.notice(`live view ${live.url}`);
      return train({ ...job, live }, output);
    });
  } catch (error) {
    if (out === undefined) await rmdir(folder).catch(() => {}); // nothing came of it, or it is not empty
    throw error;
  }
}

/** Who trains with a file trusts it; that it cannot be remembered costs a word later on, not the run. */
const rememberTrust = (source: LocatedSource, output: Output): Promise<void> =>
  trust(source, `Trained with ${source.file}`).catch((error: Error) =>
    output.notice(`That this model is trusted is not remembered: ${error.message}`),
  );

/** With `--resume`: whether there is a run; a start that was killed before it wrote anything is started anew. */
function isToGoOn({ resume, out }: TrainOptions, output: Output): boolean {
  if (!resume) return false;
  if (out === undefined)
    throw new UsageError('Cannot resume: no --out given, expected the run folder that is to go on');
  if (holdsRun(out)) return true;
  output.notice(`nothing to resume in ${out}: the run starts anew`);
  return false;
}

async function tellFinished(folder: string, output: Output): Promise<void> {
  const run = await readRun(folder);
  await verifyFiles(folder, run);
  const report = join(folder, runFiles.report);
  output.notice(
    `${folder} has finished its ${run.epochs} epochs, nothing is left to do; for more, say --epochs ${2 * run.epochs}`,
  );
  output.result(`${metricsText(run)}\n${report}`, { run: folder, report, ...run });
}

async function newJob(
  model: string | undefined,
  typed: TrainOptions,
  { output, stop }: Watched,
): Promise<TrainingJob> {
  if (model === undefined) throw new UsageError('Cannot run ae train: no <model> given; see ae models');
  const found = await (isFile(model) ? withoutStop(() => modelOf(model)) : modelOf(model));
  const settings = readSettings(found.definition, typed);
  if (typed.out !== undefined) checkFree(typed.out);
  const backend = await chooseBackend(typed.backend ?? 'auto', output);
  const data = await loadData(typed, output, stop.signal);
  const fitted = fitToImages(settings, found.definition, data.record);
  const folder = typed.out ?? (await claimFolder(found.definition.name, new Date()));
  return {
    ...{ found, folder, data, backend, stop },
    settings: fitted,
    command: commandLine(model, typed, data.record),
    png: typed.png === true,
  };
}

/** Nothing for a run that has finished and is to have no more epochs. */
async function resumedJob(
  model: string | undefined,
  typed: TrainOptions,
  { output, stop }: Watched,
): Promise<TrainingJob | undefined> {
  const folder = typed.out!;
  const run = await readRun(folder);
  const found = await withoutStop(() => foundAgain(model, run, folder, output));
  checkUnchanged(found.definition, run, typed);
  const settings = { ...settingsIn(run), epochs: typed.epochs ?? run.epochs };
  if (run.status === 'finished' && settings.epochs === run.epochs) {
    const isNamed = typed.data !== undefined || typed.dataDir !== undefined;
    if (isNamed) await reloadData(run.data, typed, output, stop.signal); // refused where they are others
    return undefined;
  }
  const begun = lengthened(run, settings.epochs, output);
  const { name } = await chooseBackend(run.backend.name, output);
  return {
    ...{ found, folder, stop },
    backend: { name, why: run.backend.why },
    settings,
    data: await reloadData(run.data, typed, output, stop.signal),
    command: run.command,
    begun,
    png: typed.png === true,
  };
}

/** What the run began with and, where it is to have more epochs, both its lengths. */
function lengthened(run: RunRecord, to: number, output: Output): NonNullable<TrainingJob['begun']> {
  const begun = begunOf(run);
  if (to === run.epochs) return begun;
  const moves = run.schedule !== undefined && spansTheRun(run.schedule);
  output.notice(
    `the run goes on to ${to} epochs instead of ${run.epochs}${moves ? `; its rate moves over all ${to} from here on, so it ends elsewhere than a run of ${to} from the start` : ''}`,
  );
  const part = { from: run.epochs, to, at: new Date().toISOString() };
  return { ...begun, lengthened: [...(begun.lengthened ?? []), part] };
}

/** The model that the run keeps; one that is named again must be the same. */
async function foundAgain(
  model: string | undefined,
  run: RunRecord,
  folder: string,
  output: Output,
): Promise<FoundModel> {
  if (model === undefined) return modelOfRun(run, folder, output);
  const named = await modelOf(model);
  if (named.definition.name !== run.model)
    throw new UsageError(
      `Cannot resume: the model is ${named.definition.name} where the run was started with ${run.model}; start another run`,
    );
  if (named.source?.sha256 !== run.source?.sha256)
    throw new UsageError(
      `Cannot resume: ${model} has changed since the run was started with it; leave it out to go on with the source that the run keeps, or start another run`,
    );
  return named;
}
