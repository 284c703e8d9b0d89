import { chooseBackend } from './backend.js';

import { commandLine } from './command-line.js';
import type { TrainOptions } from './commands/train.js';
import { UsageError } from './exit-code.js';
import { loadData } from './load-data.js';
import { metricsText } from './metrics-text.js';
import { modelOf, modelOfRun } from './model-of.js';
import type { Output } from './output.js';
import { reloadData } from './reload-data.js';
import { checkFree, freshFolder, holdsRun, readRun } from './run-folder.js';
import { fitToImages } from './run-model.js';
import type { RunRecord } from './run-record.js';
import { checkUnchanged, readSettings, settingsIn } from './settings.js';
import { withStop } from './stop.js';
import { train, type TrainingJob } from './training.js';

/** `ae train`: a new run, or one that goes on. */
export async function trainRun(
  model: string | undefined,
  typed: TrainOptions,
  output: Output,
): Promise<void> {
  const job = await (isToGoOn(typed, output) ? resumedJob : newJob)(model, typed, output);
  const { settings, data, backend, folder } = job;
  output.notice(
    `${job.found.definition.name}, recipe ${settings.recipe}, on ${data.record.name}: ${data.record.source}`,
  );
  output.notice(`backend ${backend.name}: ${backend.why}`);
  output.notice(`run folder ${folder}`);
  const { run, report } = await withStop(`ae train --out ${folder} --resume`, async (stop) => {
    if (!typed.live) return train({ ...job, stop }, output);
    const { withLiveView } = await import('./live/live-view.js');
    return withLiveView({ ...job, stop }, (live) => {
      output.notice(`live view ${live.url}`);
      return train({ ...job, stop, live }, output);
    });
  });
  output.result(`${metricsText(run)}\n${report}`, { run: folder, report, ...run });
}

/** With `--resume`: whether there is a run; a start that was killed before it wrote anything is started anew. */
function isToGoOn({ resume, out }: TrainOptions, output: Output): boolean {
  if (!resume) return false;
  if (out === undefined)
    throw new UsageError('Cannot resume: no --out given, expected the run folder that is to go on');
  if (holdsRun(out)) return true;
  output.notice(`nothing to resume in ${out}: the run starts anew`);
  return false;
}

async function newJob(
  model: string | undefined,
  typed: TrainOptions,
  output: Output,
): Promise<Omit<TrainingJob, 'stop'>> {
  if (model === undefined) throw new UsageError('Cannot run ae train: no <model> given; see ae models');
  const found = await modelOf(model);
  const settings = readSettings(found.definition, typed);
  const folder = typed.out ?? freshFolder(found.definition.name, new Date());
  checkFree(folder);
  const backend = await chooseBackend(typed.backend ?? 'auto', output);
  const data = await loadData(typed, output);
  return {
    ...{ found, folder, data, backend },
    settings: fitToImages(settings, found.definition, data.record),
    command: commandLine(model, typed, data.record),
    png: typed.png === true,
  };
}

async function resumedJob(
  model: string | undefined,
  typed: TrainOptions,
  output: Output,
): Promise<Omit<TrainingJob, 'stop'>> {
  const folder = typed.out!;
  const run = await readRun(folder);
  const found = await modelOfRun(run, folder);
  if (model !== undefined) checkModel(run, (await modelOf(model)).definition.name);
  checkUnchanged(found.definition, run, typed);
  const { name } = await chooseBackend(run.backend.name, output);
  return {
    ...{ found, folder },
    backend: { name, why: run.backend.why },
    settings: settingsIn(run),
    data: await reloadData(run.data, typed, output),
    command: run.command,
    startedAt: run.startedAt,
    png: typed.png === true,
  };
}

function checkModel(run: RunRecord, name: string): void {
  if (name !== run.model)
    throw new UsageError(
      `Cannot resume: the model is ${name} where the run was started with ${run.model}; start another run`,
    );
}
