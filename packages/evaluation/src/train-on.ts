import { batches, unitOf, type Examples } from '@ae/data';
import {
  disposeModel,
  optionsForData,
  type Autoencoder,
  type ModelDefinition,
  type ModelOptions,
  type RandomStream,
} from '@ae/models';
import { fitRecipe } from '@ae/trainer';

export interface TrainingOptions {
  random: RandomStream;
  /** What differs from what the definition has for such data. @default nothing */
  options?: Partial<ModelOptions> | undefined;
  /** @default those of the definition's recipe, or as many as make 600 steps: few rows make few steps an epoch */
  epochs?: number | undefined;
  /** Stops the training, such as an `AbortSignal`. */
  signal?: { readonly aborted: boolean; readonly reason?: unknown } | undefined;
  /** Is told what the user should know. */
  onNotice?: ((text: string) => void) | undefined;
}

/** Ours: below it, the smallest tables leave a network as it was drawn. */
const LEAST_STEPS = 600;

/**
 * Builds a model for these examples and trains it on all of them, as its default recipe says.
 * @throws the signal's reason once it is aborted; no tensor is left over then, or where the training fails
 */
export async function trainOn(
  definition: ModelDefinition,
  examples: Examples,
  { random, options, epochs, signal, onNotice }: TrainingOptions,
): Promise<Autoencoder> {
  const { options: recipes = {}, ...recipe } = definition.recipes.default;
  const { shape, values, fields } = examples;
  const typed = { ...recipes, ...options } as ModelOptions;
  const kind = {
    shape,
    values: unitOf(values) === 255 ? ('bytes' as const) : ('floats' as const),
    ...(fields && { fields }),
  };
  const fitting = optionsForData(definition, kind, typed).options as ModelOptions;
  const model = definition.build({ ...fitting, ...typed }, random);
  const train = batches(examples, {
    batchSize: recipe.batchSize,
    seed: Math.floor(random.next() * 2 ** 32),
  });
  const all = epochs ?? Math.max(recipe.epochs, Math.ceil(LEAST_STEPS / train.length));
  try {
    const { stopReason } = await fitRecipe(
      model,
      { ...recipe, epochs: all },
      { train, random, ...(signal && { signal }), ...(onNotice && { onNotice }) },
    );
    if (stopReason === 'aborted')
      throw signal?.reason ?? new Error('Cannot fit a detector: its training was stopped');
    return model;
  } catch (error) {
    disposeModel(model);
    throw error;
  }
}
