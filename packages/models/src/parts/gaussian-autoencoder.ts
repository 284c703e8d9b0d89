import * as tf from '@tensorflow/tfjs';

import type { Autoencoder, Batch, LossTerms } from '../autoencoder.js';
import type { Body } from '../network.js';
import type { RandomStream } from '../random.js';
import { batchMean } from './batch-mean.js';
import { coders } from './coders.js';
import { klToStandardNormal, reparameterise } from './gaussian.js';
import { inSequence } from './in-sequence.js';
import { type LikelihoodName, observationOf, type ObservationOptions } from './observation.js';
import { trainableVariables } from './trainable-variables.js';

/** What a loss has of one batch: the posterior N(mean, exp(logVar)) and how likely the images are from a code. */
export interface GaussianCode {
  /** Without a NaN. */
  images: tf.Tensor;
  /** `[batch, latentDim]`. */
  mean: tf.Tensor2D;
  /** `[batch, latentDim]`. */
  logVar: tf.Tensor2D;
  /** A code drawn from the posterior, a new one with every call, `[batch, latentDim]`. */
  draw(): tf.Tensor2D;
  /** -log p(x | z), summed over values and averaged over the batch, in nats. */
  nll(codes: tf.Tensor2D): tf.Scalar;
  /** The weight of the KL term, 1 unless a recipe anneals it. */
  klWeight: tf.Variable;
}

/**
 * An autoencoder whose encoder gives a Gaussian for every image and whose prior is a standard normal, around any
 * network: what a paper adds is its loss.
 * @param options of the code and of the likelihood; variances and degrees of freedom that are learned are among the
 *   model's `parameters`
 * @throws RangeError where the categories are not those of the shape, or do not go with the likelihood
 */
export function gaussianAutoencoder(
  body: Body,
  options: ObservationOptions & { latentDim: number; likelihood: LikelihoodName },
  loss: (code: GaussianCode) => LossTerms = negativeElbo,
): Autoencoder {
  const {
    range,
    missing,
    parameters,
    mean: toImages,
    fill,
    valueNll,
    ...observation
  } = observationOf(options);
  const output = observation.output(body);
  const heads = { mean: 'linear', logVar: 'linear' } as const;
  const { encoder, decoder, features, code } = coders(body, options, heads, [...output, ...toImages]);

  const klWeight = tf.variable(tf.scalar(1), false);
  const posterior = (images: tf.Tensor) => encoder.apply(images) as [tf.Tensor2D, tf.Tensor2D];
  const decode = (codes: tf.Tensor2D) => decoder.apply(codes) as tf.Tensor;
  const last = (codes: tf.Tensor2D) => inSequence(output, features.apply(codes) as tf.Tensor); // such as logits
  const elbo = {
    variables: () => [...trainableVariables(encoder, decoder), ...Object.values(parameters)],
    loss(batch: Batch, random: RandomStream) {
      const images = fill(batch.images);
      const [mean, logVar] = posterior(images);
      const nll = (codes: tf.Tensor2D) => batchMean(valueNll(last(codes), batch.images));
      const draw = () => reparameterise(mean, logVar, random);
      return loss({ images, mean, logVar, draw, nll, klWeight });
    },
  };
  return {
    encoder,
    decoder,
    code,
    parameters,
    annealed: { kl: klWeight },
    range,
    missing,
    encode: (images) => posterior(images)[0],
    decode,
    valueNll: (images, codes) => valueNll(last(codes), images),
    sample: (count, random) =>
      tf.tidy(() => decode(random.normal([count, options.latentDim]) as tf.Tensor2D)),
    objectives: { elbo },
  };
}

/** -ELBO = -E log p(x | z) + KL(q(z | x) ‖ p(z)), with one draw of z an image (Kingma & Welling 2014, equation 10). */
function negativeElbo({ mean, logVar, draw, nll, klWeight }: GaussianCode): LossTerms {
  const reconstruction = nll(draw());
  const kl = klToStandardNormal(mean, logVar);
  return { loss: tf.add(reconstruction, tf.mul(klWeight, kl)), reconstruction, kl };
}
