import { readDescription } from './model-description.js';
import type { DescribedWeights } from './plain/plain-model.js';
import { dequantiseWeights } from './quantise.js';
import { decodeSafetensors, type TensorData } from './safetensors.js';
import { unpackWeights } from './unpack-weights.js';

export type { TensorData };

/** The models that come trained on MNIST. */
export type PretrainedName = 'ae' | 'conv-ae' | 'vae' | 'conv-vae';

/** Made by `npm run pretrain`; each is a file of its own, loaded when asked for, and there once for both module systems. */
const files: Record<PretrainedName, () => Promise<{ weights: string }>> = {
  ae: () => import('../pretrained/ae.js'),
  'conv-ae': () => import('../pretrained/conv-ae.js'),
  vae: () => import('../pretrained/vae.js'),
  'conv-vae': () => import('../pretrained/conv-vae.js'),
};

/** Where pretrained weights come from, and how good they are. */
export interface Provenance {
  recipe: string;
  /** All options, the defaults included. */
  options: Record<string, unknown>;
  seed: number;
  epochs: number;
  data: { name: string; checksum: string };
  versions: { ae: string; node: string; tfjs: string };
  /** On the 10,000 test images, of the weights as they were trained. */
  trained: Record<string, number>;
  /** The same of the weights as they are served, in seven bits where tensors are large. */
  test: Record<string, number>;
}

/**
 * Weights trained on MNIST, by the names of `namedWeights` and in the order of the layers, with what they are of, such as
 * `plainModel` of `@ae/models/plain` takes; TensorFlow.js is not loaded, and only the weights that are asked for are.
 * @throws RangeError for an unknown name, naming the known ones
 */
export async function pretrainedWeights(
  name: PretrainedName,
): Promise<DescribedWeights & { tensors: Record<string, TensorData>; provenance: Provenance }> {
  if (!Object.hasOwn(files, name))
    throw new RangeError(
      `Cannot load pretrained "${name}": expected one of ${Object.keys(files).join(', ')}`,
    );
  const { weights } = await files[name]();
  const { tensors, metadata } = decodeSafetensors(await unpackWeights(weights));
  return {
    tensors: dequantiseWeights(tensors),
    description: readDescription(metadata),
    provenance: JSON.parse(metadata.provenance!) as Provenance,
  };
}
