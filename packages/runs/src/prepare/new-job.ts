import type { Examples } from '@ae/data';

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

/** A model for these examples. */
export type ModelChoice = (train: Examples) => Pick<TrainOptions, 'model' | 'options'>;

/** Everything that a new run is made of, with its folder. */
export async function newJob(
  asked: TrainOptions,
  context: { observer: Observer; stop: Stop; modelFor?: ModelChoice | undefined },
): Promise<TrainingJob> {
  const { observer, stop, modelFor } = context;
  const isToChoose = modelFor !== undefined && asked.model === undefined;
  const loaded = isToChoose ? await loadData(asked, observer, stop.signal) : undefined;
  const options = loaded ? chosenBy(modelFor!(loaded.set.train), asked, observer) : asked;
  const { model, out, png = false } = options;
  if (model === undefined) throw new UsageError('Cannot run ae train: no <model> given; see ae models');
  const found = await (isFile(model) ? withoutListeners(() => modelOf(model)) : modelOf(model));
  const settings = readSettings(found.definition, options);
  if (out !== undefined) checkFree(out);
  const backend = await chooseBackend(options.backend ?? 'auto', observer);
  const data = loaded ?? (await loadData(options, observer, stop.signal));
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

function chosenBy(choice: ReturnType<ModelChoice>, asked: TrainOptions, { notice }: Observer): TrainOptions {
  const settings = Object.entries(choice.options ?? {}).map(([key, value]) => ` ${key}=${String(value)}`);
  notice?.(`model=${choice.model}${settings.join('')}; a name of \`ae models\` says otherwise`);
  return { ...asked, ...choice, options: { ...choice.options, ...asked.options } };
}
