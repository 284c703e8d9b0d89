import type { Autoencoder } from './autoencoder.js';
import { describeModel, type ModelFacts } from './describe-model.js';
import { descriptionTexts } from './model-description.js';
import { saveWeights } from './weights.js';

export interface SaveModelOptions extends ModelFacts {
  /** Further texts for the metadata, such as the epoch. */
  metadata?: Readonly<Record<string, string>>;
}

/**
 * A model as the bytes of one safetensors file that describes itself: its weights, and in the metadata which model it
 * is, its options, its shape and its layers. `loadModel` makes the model of it again, `plainModel` of
 * `@ae/models/plain` runs it without TensorFlow.js.
 * @throws RangeError for a weight that is not finite
 * @throws TypeError for a text in `metadata` by a name that the description has
 */
export async function saveModel(
  model: Autoencoder,
  { metadata = {}, ...facts }: SaveModelOptions = {},
): Promise<Uint8Array> {
  const texts = descriptionTexts(await describeModel(model, facts));
  const taken = Object.keys(metadata).find((name) => Object.hasOwn(texts, name));
  if (taken !== undefined)
    throw new TypeError(
      `Cannot save the model: found metadata called "${taken}", expected another name than ${Object.keys(texts).join(', ')}`,
    );
  return saveWeights(model, { ...texts, ...metadata });
}
