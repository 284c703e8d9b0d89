import { spansTheRun } from '@ae/trainer';

import { UsageError } from '../errors.js';
import type { Observer } from '../observer.js';
import type { TrainOptions } from '../options.js';
import { withoutListeners } from '../own-code/without-listeners.js';
import { readRun } from '../record/read-run.js';
import { holdsRun } from '../record/run-folder.js';
import { begunOf, type RunRecord } from '../record/run-record.js';
import { checkUnchanged, settingsIn } from '../record/settings.js';
import type { Stop } from '../stop.js';
import type { TrainingJob } from './training-job.js';
import { chooseBackend } from './choose-backend.js';
import { modelOf, modelOfRun, type FoundModel } from './find-model.js';
import { reloadData } from './reload-data.js';

/** With `resume`: whether there is a run; a start that was killed before it wrote anything is started anew. */
export function isToGoOn({ resume, out }: TrainOptions, observer: Observer): boolean {
  if (!resume) return false;
  if (out === undefined)
    throw new UsageError('Cannot resume: no --out given, expected the run folder that is to go on');
  if (holdsRun(out)) return true;
  observer.notice?.(`nothing to resume in ${out}: the run starts anew`);
  return false;
}

/** Everything that a run is made of that goes on; nothing for one that has finished and is to have no more epochs. */
export async function resumedJob(
  options: TrainOptions,
  { observer, stop }: { observer: Observer; stop: Stop },
): Promise<TrainingJob | undefined> {
  const { model, out, data, dataDir, png = false } = options;
  const folder = out!;
  const run = await readRun(folder);
  const found = await withoutListeners(() => foundAgain(model, run, folder, observer));
  checkUnchanged(found.definition, run, options);
  const settings = { ...settingsIn(run), epochs: options.epochs ?? run.epochs };
  if (run.status === 'finished' && settings.epochs === run.epochs) {
    const isNamed = data !== undefined || dataDir !== undefined;
    if (isNamed) await reloadData(run.data, options, observer, stop.signal); // refused where they are others
    return undefined;
  }
  const begun = lengthened(run, settings.epochs, observer);
  const { name } = await chooseBackend(run.backend.name, observer);
  return {
    ...{ found, folder, settings, begun, stop, png },
    backend: { name, why: run.backend.why },
    data: await reloadData(run.data, options, observer, stop.signal),
    command: run.command,
  };
}

/** What the run began with and, where it is to have more epochs, both its lengths. */
function lengthened(run: RunRecord, to: number, observer: Observer): NonNullable<TrainingJob['begun']> {
  const begun = begunOf(run);
  if (to === run.epochs) return begun;
  const moves = run.schedule !== undefined && spansTheRun(run.schedule);
  observer.notice?.(
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
  observer: Observer,
): Promise<FoundModel> {
  if (model === undefined) return modelOfRun(run, folder, {}, observer);
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
