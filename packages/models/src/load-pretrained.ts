import type { Autoencoder, ModelDefinition } from './autoencoder.js';
import { pretrained } from './pretrained/index.js';
import { dequantiseWeights } from './quantise.js';
import { randomStream } from './random.js';
import { decodeSafetensors } from './safetensors.js';
import { assignWeights } from './weights.js';
import { ae } from './zoo/ae.js';
import { vae } from './zoo/vae.js';

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
 * A model with weights trained on MNIST, in Node or in a page; only its own weights are loaded.
 * @throws RangeError for an unknown name, naming the known ones
 */
export async function loadPretrained(
  name: PretrainedName,
): Promise<{ model: Autoencoder; definition: ModelDefinition; provenance: Provenance }> {
  if (!Object.hasOwn(pretrained, name))
    throw new RangeError(
      `Cannot load pretrained "${name}": expected one of ${Object.keys(pretrained).join(', ')}`,
    );
  const { weights } = await pretrained[name]();
  const { tensors, metadata } = decodeSafetensors(bytesOf(weights));
  const provenance = JSON.parse(metadata.provenance!) as Provenance;
  const definition = definitions[name] as unknown as ModelDefinition;
  const model = definition.build(
    provenance.options as ModelDefinition['defaults'],
    randomStream(provenance.seed),
  );
  assignWeights(model, dequantiseWeights(tensors));
  return { model, definition, provenance };
}

const definitions = { ae, vae };

declare const atob: (base64: string) => string;
const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
