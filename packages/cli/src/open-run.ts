import { disposeModel, type Autoencoder, type ModelDefinition, type RandomStream } from '@ae/models';

import { removeLeftovers } from '@ae/trainer/node';

import { chooseBackend } from './backend.js';
import type { PlaceOptions } from './command.js';
import type { LoadedData } from './load-data.js';
import { modelOfRun } from './model-of.js';
import type { Output } from './output.js';
import { reloadData } from './reload-data.js';
import { readBestWeights, readRun } from './read-run.js';
import { buildModel, putWeights } from './run-model.js';
import type { RunRecord } from './run-record.js';

/** A run with its best weights in place and its data at hand. */
export interface OpenRun {
  folder: string;
  run: RunRecord;
  definition: ModelDefinition;
  model: Autoencoder;
  /** The file that its weights came from. */
  weights: Uint8Array;
  random: RandomStream;
  data: LoadedData;
}

/** Opens a run folder, hands it to `use`, and frees the model. */
export async function withRun<Result>(
  folder: string,
  { data: place, dataDir, backend = 'auto' }: PlaceOptions,
  output: Output,
  use: (open: OpenRun) => Promise<Result>,
): Promise<Result> {
  const run = await readRun(folder);
  await removeLeftovers(folder);
  const { definition } = await modelOfRun(run, folder);
  const weights = await readBestWeights(folder, run);
  const data = await reloadData(run.data, { data: place, dataDir }, output);
  const { name, why } = await chooseBackend(backend, output);
  output.detail(`backend ${name}: ${why}`);
  const { model, random } = buildModel(definition, run);
  try {
    putWeights(model, weights, folder);
    return await use({ folder, run, definition, model, weights, random, data });
  } finally {
    disposeModel(model);
  }
}
