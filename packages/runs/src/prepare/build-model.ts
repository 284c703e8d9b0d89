import { type Examples, unitOf, wordsFor } from '@ae/data';

import {
  assignWeights,
  optionsForData,
  randomStream,
  type Autoencoder,
  type DataKind,
  type ModelDefinition,
  type ModelOptions,
  type SafetensorsFile,
} from '@ae/models';

import { RunFolderError, UsageError } from '../errors.js';
import type { Settings } from '../record/settings.js';

/**
 * The model's options for a data set: `shape`, where the model has it, follows from the data, and what else the model
 * says, but for what was typed and for what the recipe has.
 * @param typed names of the options that were typed
 * @param notice is told what followed beside the shape
 * @throws UsageError where another shape was typed
 */
export function fitToData(
  settings: Settings,
  definition: ModelDefinition,
  examples: Examples,
  typed: readonly string[] = [],
  notice?: (text: string) => void,
): Settings {
  const { shape } = examples;
  const asked = settings.options.shape;
  const isTyped = typed.includes('shape') && String(asked) !== String(definition.defaults.shape);
  if (isTyped && String(asked) !== String(shape))
    throw new UsageError(
      `Cannot use --set shape=${String(asked)}: the ${wordsFor(shape).many} are ${shape.join(',')}; leave it out`,
    );
  const kept = [...typed, ...Object.keys(definition.recipes[settings.recipe]?.options ?? {})];
  const entries = Object.entries(settings.options).filter(([key]) => key !== 'shape' && kept.includes(key));
  const follows = optionsForData(definition, kindOf(examples), Object.fromEntries(entries));
  if (follows.notice !== undefined) notice?.(follows.notice);
  return { ...settings, options: { ...settings.options, ...(follows.options as ModelOptions) } };
}

function kindOf({ values, shape, fields }: Examples): DataKind {
  const isFloats = unitOf(values) === 1;
  const missing = isFloats && values.some(Number.isNaN);
  return { shape, values: isFloats ? 'floats' : 'bytes', ...(fields && { fields }), missing };
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
