import type { Autoencoder, ModelDefinition } from './autoencoder.js';
import { pretrainedWeights, type PretrainedName, type Provenance } from './pretrained-weights.js';
import { randomStream } from './random.js';
import { assignWeights } from './weights.js';
import { ae } from './zoo/ae.js';
import { convAe } from './zoo/conv-ae.js';
import { convVae } from './zoo/conv-vae.js';
import { vae } from './zoo/vae.js';

/**
 * A model with weights trained on MNIST, in Node or in a page; only its own weights are loaded.
 * @throws RangeError for an unknown name, naming the known ones
 */
export async function loadPretrained(
  name: PretrainedName,
): Promise<{ model: Autoencoder; definition: ModelDefinition; provenance: Provenance }> {
  const { tensors, description, provenance } = await pretrainedWeights(name);
  const definition = definitions[name] as unknown as ModelDefinition;
  const { seed, counter } = description.random!;
  const model = definition.build(description.options!, randomStream(seed, counter));
  assignWeights(model, tensors);
  return { model, definition, provenance };
}

const definitions = { ae, 'conv-ae': convAe, vae, 'conv-vae': convVae };
