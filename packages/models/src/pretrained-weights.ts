import { pretrained } from './pretrained/index.js';
import { dequantiseWeights } from './quantise.js';
import { decodeSafetensors, type TensorData } from './safetensors.js';

export type { TensorData };

/** The models that come trained on MNIST. */
export type PretrainedName = keyof typeof pretrained;

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
  /** The same of the weights as they are served, a byte each. */
  test: Record<string, number>;
}

/**
 * Weights trained on MNIST, by the names of `namedWeights` and in the order of the layers, for whoever computes without
 * TensorFlow.js, which this door does not load; only the weights that are asked for are.
 * @throws RangeError for an unknown name, naming the known ones
 */
export async function pretrainedWeights(
  name: PretrainedName,
): Promise<{ tensors: Record<string, TensorData>; provenance: Provenance }> {
  if (!Object.hasOwn(pretrained, name))
    throw new RangeError(
      `Cannot load pretrained "${name}": expected one of ${Object.keys(pretrained).join(', ')}`,
    );
  const { weights } = await pretrained[name]();
  const { tensors, metadata } = decodeSafetensors(bytesOf(weights));
  return { tensors: dequantiseWeights(tensors), provenance: JSON.parse(metadata.provenance!) as Provenance };
}

declare const atob: (base64: string) => string;
const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
