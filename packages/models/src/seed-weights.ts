import * as tf from '@tensorflow/tfjs';

import type { Autoencoder } from './autoencoder.js';
import { normalQuantile } from './normal-quantile.js';
import type { RandomStream } from './random.js';
import { eachLayer, weightName } from './weights.js';

/**
 * Draws every randomly initialised weight of a model's layers anew, from `random`, as its own initializer
 * describes. TensorFlow.js's initializers have no common stream, ignore seed 0 and differ between backends; this
 * way a model is written with ordinary layers and is reproducible all the same.
 * @throws TypeError for an initializer that cannot be drawn from a stream (orthogonal)
 */
export function seedWeights(model: Pick<Autoencoder, 'encoder' | 'decoder'>, random: RandomStream): void {
  const seen = new Set<tf.Variable>();
  for (const part of ['encoder', 'decoder'] as const)
    for (const { path, layer } of eachLayer(model[part], part))
      for (const weight of layer.weights) {
        const variable = weight.read() as tf.Variable;
        if (seen.has(variable)) continue;
        seen.add(variable);
        const name = weightName(weight);
        const draw = drawOf(initializerOf(layer, name), variable, `${path}/${name}`);
        if (draw) assignDrawn(variable, draw, random);
      }
}

interface SerializedInitializer {
  className: string;
  config: Record<string, number | string | null>;
}

/** A layer's config calls it kernelInitializer, but depthwiseInitializer for a depthwise_kernel. */
function initializerOf(layer: tf.layers.Layer, weight: string): SerializedInitializer | undefined {
  const config = layer.getConfig();
  const camelCase = weight.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  return (config[`${camelCase}Initializer`] ?? config[`${weight.replace(/_kernel$/, '')}Initializer`]) as
    SerializedInitializer | undefined;
}

/** From a uniform in (0, 1) to a weight; nothing for an initializer that is not random. */
function drawOf(
  initializer: SerializedInitializer | undefined,
  { shape }: tf.Variable,
  name: string,
): ((p: number) => number) | undefined {
  const { className, config } = initializer ?? { className: 'that its layer does not name', config: {} };
  const value = (key: string, otherwise: number) => Number(config[key] ?? otherwise);
  switch (className) {
    case 'Constant':
    case 'Identity':
    case 'Ones':
    case 'Zeros':
      return undefined;
    case 'RandomUniform':
      return between(value('minval', -0.05), value('maxval', 0.05));
    case 'RandomNormal':
      return (p) => value('mean', 0) + value('stddev', 0.05) * normalQuantile(p);
    case 'TruncatedNormal':
      return truncatedNormal(value('mean', 0), value('stddev', 0.05));
    case 'VarianceScaling': {
      const variance = value('scale', 1) / fan(shape, String(config.mode));
      const limit = Math.sqrt(3 * variance);
      return config.distribution === 'uniform'
        ? between(-limit, limit)
        : truncatedNormal(0, Math.sqrt(variance));
    }
    default:
      throw new TypeError(
        `Cannot seed weight "${name}": initializer ${className}, expected one of constant, identity, ones, zeros, randomUniform, randomNormal, truncatedNormal, varianceScaling, glorot…, he…, leCun…`,
      );
  }
}

const between = (low: number, high: number) => (p: number) => low + (high - low) * p;

/** A normal cut at two standard deviations, as Keras and TensorFlow.js cut it. */
function truncatedNormal(mean: number, stddev: number): (p: number) => number {
  const below = 0.022750131948179195; // Φ(-2)
  return (p) => mean + stddev * normalQuantile(below + (1 - 2 * below) * p);
}

/** Glorot & Bengio's fan-in and fan-out for kernels `[..., in, out]`, as TensorFlow.js counts them. */
function fan(shape: number[], mode: string): number {
  const field = shape.slice(0, -2).reduce((size, side) => size * side, 1);
  const fanIn = field * (shape.at(-2) ?? 1);
  const fanOut = field * (shape.at(-1) ?? 1);
  const size = mode === 'fanIn' ? fanIn : mode === 'fanOut' ? fanOut : (fanIn + fanOut) / 2;
  return Math.max(1, size);
}

function assignDrawn(variable: tf.Variable, draw: (p: number) => number, random: RandomStream): void {
  tf.tidy(() => {
    const uniforms = random.uniform(variable.shape).dataSync();
    const values = new Float32Array(uniforms.length);
    // The middle of each of the 2^24 steps, so that p is never 0.
    for (let i = 0; i < values.length; i++) values[i] = draw(uniforms[i]! + 2 ** -25);
    variable.assign(tf.tensor(values, variable.shape, 'float32'));
  });
}
