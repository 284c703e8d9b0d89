import { decodeAll, encodeAll, type Values } from './apply.js';
import type { Autoencoder } from './autoencoder.js';

/**
 * Examples whose missing values, NaN, are filled in: with the reconstruction by a model that was trained on what was there,
 * in the places of a category with its probabilities. What is there stays as it is; no tensor is left over.
 * @throws TypeError where the model takes no missing values
 */
export async function impute<T extends Values>(
  model: Autoencoder,
  examples: T,
): Promise<Omit<T, 'values'> & { values: Float32Array }> {
  if (!model.missing)
    throw new TypeError(
      'Cannot fill in missing values: found a model that takes none, expected one built with missing: true',
    );
  const reconstructed = await decodeAll(model, await encodeAll(model, examples));
  const { values } = examples;
  if (!(values instanceof Float32Array))
    return { ...examples, values: Float32Array.from(values, (x) => x / 255) };
  return { ...examples, values: values.map((x, i) => (Number.isNaN(x) ? reconstructed.values[i]! : x)) };
}
