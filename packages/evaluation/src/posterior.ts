import { sizeOf, slice, type Examples } from '@ae/data';
import { codeOf, codeSize, type Autoencoder, type RandomStream } from '@ae/models';
import * as tf from '@tensorflow/tfjs';

import { rowsOf } from './rows.js';
import type { Fitted } from './score.js';

/** Codes that are drawn from the posterior of every example; An & Cho 2015 leave it open. */
const DRAWS = 16;
/** Examples that go through a model at a time. */
const AT_ONCE = 500;

/** Why a model has no posterior or no likelihood of one example; nothing where it has both. */
export function noPosterior({ encoder, valueNll }: Autoencoder): string | undefined {
  const outputs = encoder.outputs.length;
  if (outputs !== 2)
    return `found an encoder of ${outputs} output${outputs === 1 ? '' : 's'}, expected a posterior, mean and log-variance, as a variational autoencoder has; score by reconstruction-error`;
  if (!valueNll)
    return 'found a model without valueNll(), expected the likelihood of its values; score by reconstruction-error';
  return undefined;
}

/** The noise of the draws, the same for every example and each time, so that no score depends on chance or on others. */
export async function drawnNoise(
  model: Autoencoder,
  _normal: Examples,
  random: RandomStream,
): Promise<Fitted> {
  const noise = tf.tidy(() => random.normal([DRAWS, codeSize(codeOf(model))]).dataSync());
  return { noise: Array.from(noise) };
}

/** −log p(x | z) of every value in nats, averaged over draws of z from the posterior, `count` × `shape`. */
export async function drawnNll(
  model: Autoencoder,
  examples: Examples,
  { noise }: Fitted,
): Promise<Float32Array> {
  const size = codeSize(codeOf(model));
  const each = Array.from({ length: DRAWS }, (_, draw) => noise!.slice(draw * size, (draw + 1) * size));
  return inChunks(examples, sizeOf(examples.shape), (images) => {
    const [mean, logVar] = model.encoder.apply(images) as [tf.Tensor2D, tf.Tensor2D];
    const deviation = tf.exp(tf.mul(logVar, 0.5));
    const drawn = each.map((numbers) => {
      const codes = tf.add(mean, tf.mul(deviation, tf.tensor2d(numbers, [1, size]))) as tf.Tensor2D;
      return model.valueNll!(images, codes);
    });
    return tf.div(tf.addN(drawn), DRAWS);
  });
}

/** KL(q(z | x) ‖ N(0, I)) of every example in nats, `[count]`: −½ Σ (1 + log σ² − μ² − σ²), Kingma & Welling 2014, appendix B. */
export const divergence = (model: Autoencoder, examples: Examples): Promise<Float32Array> =>
  inChunks(examples, 1, (images) => {
    const [mean, logVar] = model.encoder.apply(images) as [tf.Tensor2D, tf.Tensor2D];
    const terms = tf.sub(tf.sub(tf.add(logVar, 1), tf.square(mean)), tf.exp(logVar));
    return tf.mul(tf.sum(terms, 1), -0.5);
  });

async function inChunks(
  examples: Examples,
  size: number,
  run: (images: tf.Tensor) => tf.Tensor,
): Promise<Float32Array> {
  const { values } = rowsOf('Cannot score', examples);
  const all = new Float32Array(examples.count * size);
  for (let from = 0; from < examples.count; from += AT_ONCE) {
    const some = slice({ ...examples, values }, from, Math.min(from + AT_ONCE, examples.count));
    const result = tf.tidy(() => run(tf.tensor(some.values, [some.count, ...some.shape])));
    all.set((await result.data()) as Float32Array, from * size);
    result.dispose();
  }
  return all;
}
