import { expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import { disposeModel, randomStream, vae } from '../src/index.js';

test('a linear VAE with a Gaussian likelihood learns the variance of probabilistic PCA, the mean of the eigenvalues that its code leaves out', async () => {
  tf.env().set('IS_TEST', true);
  await tf.setBackend('cpu');
  // All corners of a box, whose covariance is the diagonal 4, 0.3, 0.2: beside one dimension of code (0.3 + 0.2) / 2 is left
  // (Tipping & Bishop 1999, equation 8; that the ELBO has the same optimum: Lucas et al., "Don't blame the ELBO!", NeurIPS 2019).
  const sides = [2, Math.sqrt(0.3), Math.sqrt(0.2)];
  const corners = Array.from({ length: 64 }, (_, i) =>
    sides.map((side, axis) => ((i >> axis) & 1 ? side : -side)),
  );
  const model = vae.build({ shape: [3], hidden: [], latentDim: 1, likelihood: 'gaussian' }, randomStream(1));
  const objective = model.objectives.elbo!;
  const random = randomStream(2);
  const images = tf.tensor2d(corners);
  for (const rate of [0.03, 0.003]) {
    const optimizer = tf.train.adam(rate);
    for (let step = 0; step < 600; step++)
      optimizer.minimize(() => objective.loss({ images }, random, true).loss, false, objective.variables());
    optimizer.dispose();
  }
  const variance = Math.exp(model.parameters!.logVariance!.dataSync()[0]!);
  expect(Math.abs(variance / 0.25 - 1)).toBeLessThan(0.06);
  images.dispose();
  disposeModel(model);
});
