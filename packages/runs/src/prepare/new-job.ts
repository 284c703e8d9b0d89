import { commandLine } from '../command-line.js';
import { UsageError } from '../errors.js';
import type { Observer } from '../observer.js';
import type { TrainOptions } from '../options.js';
import { withoutListeners } from '../own-code/without-listeners.js';
import { checkFree, claimFolder } from '../record/run-folder.js';
import { readSettings } from '../record/settings.js';
import type { Stop } from '../stop.js';
import type { TrainingJob } from './training-job.js';
import { fitToData } from './build-model.js';
import { chooseBackend } from './choose-backend.js';
import { epochsForData } from './epochs-for-data.js';
import { isFile, modelOf } from './find-model.js';
import { loadData } from './load-data.js';

/** Everything that a new run is made of, with its folder. */
export async function newJob(
  options: TrainOptions,
  { observer, stop }: { observer: Observer; stop: Stop },
): Promise<TrainingJob> {
  const { model, out, png = false } = options;
  if (model === undefined) throw new UsageError('Cannot run ae train: no <model> given; see ae models');
  const found = await (isFile(model) ? withoutListeners(() => modelOf(model)) : modelOf(model));
  const settings = readSettings(found.definition, options);
  if (out !== undefined) checkFree(out);
  const backend = await chooseBackend(options.backend ?? 'auto', observer);
  const data = await loadData(options, observer, stop.signal);
  const { train } = data.set;
  const typed = Object.keys(options.options ?? {});
  const notice = (text: string) => observer.notice?.(text);
  const fitted = fitToData(settings, found.definition, train, typed, notice);
  const folder = out ?? (await claimFolder(found.definition.name, new Date()));
  return {
    ...{ found, folder, data, backend, stop, png },
    settings: data.record.read
      ? epochsForData(fitted, { count: train.count, typed: options.epochs, notice })
      : fitted,
    command: commandLine(model, options, data.record),
  };
}
