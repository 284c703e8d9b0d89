import type * as tf from '@tensorflow/tfjs';

import type { Codes } from './apply.js';
import type { ModelOptions, OptionRule, Paper } from './autoencoder.js';
import { codeSize, type Code } from './code.js';
import { readOptions } from './model-options.js';
import type { RandomStream } from './random.js';
import type { TensorData } from './safetensors.js';

/** Where new codes come from; the model's decoder makes images of them. */
export interface Sampler {
  /** Of the definition that fitted it. */
  name: string;
  options: ModelOptions;
  /** All it has learned: `saveSampler` writes these, `loadSampler` gives it back. */
  tensors: Record<string, TensorData>;
  /** Codes, `[count, n]`. */
  sample(count: number, random: RandomStream): tf.Tensor2D;
  /** Of each code the logarithm of its density, in nats; absent where there is none. */
  logDensity?(codes: Codes): Float64Array;
}

/** What a sampler's author writes. */
export interface SamplerSource<Options extends ModelOptions> {
  /** kebab-case, as it is asked for. */
  name: string;
  /** One sentence: what is fitted. */
  summary: string;
  paper?: Paper;
  defaults: Options;
  /** What options may be, beyond the type of their default. */
  allowed?: { [Key in keyof Options]?: OptionRule };
  /** Why it cannot be fitted to codes of this kind, in words that follow "Cannot fit ⟨name⟩: "; nothing where it can. */
  refuses?(code: Code): string | undefined;
  /** All that is learned of training codes, as tensors. */
  fit(
    codes: Codes,
    options: Options,
    random: RandomStream,
  ): Record<string, TensorData> | Promise<Record<string, TensorData>>;
  /** What these tensors sample. */
  from(tensors: Record<string, TensorData>, options: Options): Pick<Sampler, 'sample' | 'logDensity'>;
}

/** A sampler as data: found by its name, fitted to the codes of any model. */
export interface SamplerDefinition<Options extends ModelOptions = ModelOptions> extends Omit<
  SamplerSource<Options>,
  'fit' | 'from'
> {
  /**
   * @param code what the codes mean, `codeOf(model)`
   * @throws RangeError for an option that is unknown or not allowed, a kind of code that it refuses, no codes, codes that are not
   *   finite or of another size
   */
  fit(codes: Codes, code: Code, random: RandomStream, options?: Partial<Options>): Promise<Sampler>;
  /** A fitted one from what it has learned, as `loadSampler` does. */
  load(tensors: Record<string, TensorData>, options: Partial<Options>): Sampler;
}

/**
 * Makes a sampler of its source; the result checks codes and options.
 * @throws TypeError where the name is not kebab-case
 */
export function defineSampler<Options extends ModelOptions>(
  source: SamplerSource<Options>,
): SamplerDefinition<Options> {
  const { name } = source;
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))
    throw new TypeError(
      `Cannot define a sampler: name "${name}", expected kebab-case such as "gaussian-mixture"`,
    );
  const load = (tensors: Record<string, TensorData>, options: Options): Sampler => ({
    ...{ name, options, tensors },
    ...source.from(tensors, options),
  });
  return {
    ...source,
    async fit(codes, code, random, given = {}) {
      const cannot = `Cannot fit ${name}`;
      const options = readOptions(source, given, cannot);
      const refusal = source.refuses?.(code);
      if (refusal !== undefined) throw new RangeError(`${cannot}: ${refusal}`);
      checkCodes(cannot, codes, codeSize(code));
      return load(await source.fit(codes, options, random), options);
    },
    load: (tensors, options) => load(tensors, readOptions(source, options, `Cannot load ${name}`)),
  };
}

function checkCodes(cannot: string, { values, count, dimensions }: Codes, size: number): void {
  if (dimensions !== size)
    throw new RangeError(
      `${cannot}: found codes of ${dimensions} numbers, expected ${size}, as the model's are`,
    );
  if (!Number.isSafeInteger(count) || count < 1 || values.length !== count * dimensions)
    throw new RangeError(
      `${cannot}: found ${values.length} numbers for ${count} codes of ${dimensions}, expected one code at least, and count × dimensions numbers`,
    );
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw new RangeError(
      `${cannot}: found ${values[bad]} in code ${Math.floor(bad / dimensions)}, expected finite numbers`,
    );
}
