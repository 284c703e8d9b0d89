import { wordsFor } from '@ae/data';

import {
  assignWeights,
  randomStream,
  type Autoencoder,
  type ModelDefinition,
  type SafetensorsFile,
} from '@ae/models';

import { RunFolderError, UsageError } from '../errors.js';
import type { Settings } from '../record/settings.js';

/**
 * The model's options for examples of this shape: `shape`, where the model has it, follows from the data.
 * @throws UsageError where another shape was typed
 */
export function fitToData(
  settings: Settings,
  definition: ModelDefinition,
  { shape }: { shape: readonly number[] },
): Settings {
  const asked = settings.options.shape;
  if (asked === undefined) return settings;
  const isTyped = String(asked) !== String(definition.defaults.shape);
  if (isTyped && String(asked) !== String(shape))
    throw new UsageError(
      `Cannot use --set shape=${String(asked)}: the ${wordsFor(shape).many} are ${shape.join(',')}; leave it out`,
    );
  return { ...settings, options: { ...settings.options, shape: [...shape] } };
}

/**
 * Builds a run's model with its first weights, and gives the random stream that training goes on with.
 * @throws UsageError where the options make no model
 */
export function buildModel(definition: ModelDefinition, { options, seed }: Settings) {
  const random = randomStream(seed);
  let model: Autoencoder;
  try {
    model = definition.build(options, random);
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
  return { model, random };
}

/**
 * Puts the weights of a run into its model.
 * @throws RunFolderError where they are not finite, or of another model
 */
export function putWeights(
  model: Autoencoder,
  { tensors }: Pick<SafetensorsFile, 'tensors'>,
  folder: string,
): void {
  try {
    assignWeights(model, tensors);
  } catch (cause) {
    throw new RunFolderError(`Cannot open run ${folder}: its weights are damaged`, { cause });
  }
}
