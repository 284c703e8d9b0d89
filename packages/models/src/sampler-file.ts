import type { ModelOptions } from './autoencoder.js';
import type { Sampler, SamplerDefinition } from './define-sampler.js';
import { decodeSafetensors, encodeSafetensors } from './safetensors.js';
import { samplers } from './samplers/index.js';

/** A fitted sampler as the bytes of a safetensors file, whose metadata say which it is. */
export const saveSampler = ({ name, options, tensors }: Sampler): Uint8Array =>
  encodeSafetensors(tensors, { sampler: name, options: JSON.stringify(options) });

/**
 * A fitted sampler from its file.
 * @param definition of the one who wrote it; @default the one of this package that the file names
 * @throws RangeError for a damaged file, or one that holds no sampler, or another
 */
export function loadSampler<Options extends ModelOptions>(
  bytes: Uint8Array,
  definition?: SamplerDefinition<Options>,
): Sampler {
  const { tensors, metadata } = decodeSafetensors(bytes);
  const { sampler: name, options } = metadata;
  const known = definition ? { [definition.name]: definition } : samplers;
  if (name === undefined || options === undefined || !Object.hasOwn(known, name))
    throw new RangeError(
      `Cannot load a sampler: found ${name === undefined ? 'a file of something else' : `"${name}"`}, expected ${Object.keys(known).join(' or ')}`,
    );
  return (known as unknown as Record<string, SamplerDefinition>)[name]!.load(tensors, JSON.parse(options));
}
