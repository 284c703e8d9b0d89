import { disposeModel, type Autoencoder, type ModelDefinition, type RandomStream } from '@ae/models';

import { removeLeftovers } from '@ae/trainer/node';

import { chooseBackend } from './backend.js';
import type { PlaceOptions } from './command.js';
import type { LoadedData } from './load-data.js';
import { modelOf, modelOfRun, type FoundModel } from './model-of.js';
import { UsageError } from './exit-code.js';
import type { Output } from './output.js';
import { reloadData } from './reload-data.js';
import { readBestWeights, readRun, type Weights } from './read-run.js';
import { buildModel, putWeights } from './run-model.js';
import type { RunRecord } from './run-record.js';

/** A run with its best weights in place and its data at hand. */
export interface OpenRun {
  folder: string;
  run: RunRecord;
  definition: ModelDefinition;
  model: Autoencoder;
  weights: Weights;
  random: RandomStream;
  /** The run's data; loaded when they are asked for. */
  data(): Promise<LoadedData>;
}

/** Opens a run folder, hands it to `use`, and frees the model. */
export async function withRun<Result>(
  folder: string,
  { data: place, dataDir, backend = 'auto', model: named }: PlaceOptions,
  output: Output,
  use: (open: OpenRun) => Promise<Result>,
): Promise<Result> {
  const run = await readRun(folder);
  await removeLeftovers(folder);
  const { definition } = await chosenModel(named, run, folder, output);
  const weights = await readBestWeights(folder, run);
  const { name, why } = await chooseBackend(backend, output);
  output.detail(`backend ${name}: ${why}`);
  const { model, random } = buildModel(definition, run);
  let loaded: Promise<LoadedData> | undefined;
  const data = () => (loaded ??= reloadData(run.data, { data: place, dataDir }, output));
  try {
    putWeights(model, weights, folder);
    return await use({ folder, run, definition, model, weights, random, data });
  } finally {
    disposeModel(model);
  }
}

/** The model that the run keeps, or the file that was named in its stead. */
async function chosenModel(
  named: string | undefined,
  run: RunRecord,
  folder: string,
  output: Output,
): Promise<FoundModel> {
  if (named === undefined) return modelOfRun(run, folder, output);
  const found = await modelOf(named);
  if (found.definition.name !== run.model)
    throw new UsageError(
      `Cannot use --model ${named}: it is ${found.definition.name}, expected ${run.model} as the run was trained with`,
    );
  if (found.source?.sha256 !== run.source?.sha256)
    output.notice(`${named} is not the source that the run was trained with; what is measured is its doing`);
  return found;
}
