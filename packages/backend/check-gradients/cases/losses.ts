import * as tf from '@tensorflow/tfjs';
import { type Case, type Input, of } from '../case.js';

const shares: Input = { shape: [3, 2], from: 0.1, to: 0.9 };
const targets = (): tf.Tensor => tf.tensor2d([[0, 1], [1, 0], [0.25, 0.75]]); // prettier-ignore

const both = (loss: (labels: tf.Tensor, predictions: tf.Tensor) => tf.Tensor, input: Input = shares): Record<string, [Input[], (x: tf.Tensor) => tf.Tensor]> => ({
  '3 × 2': [[input], (x) => loss(targets(), x)],
}); // prettier-ignore

export const losses: Case[] = [
  ...of('losses.absoluteDifference', both(tf.losses.absoluteDifference)),
  ...of(
    'losses.cosineDistance',
    both((labels, x) => tf.losses.cosineDistance(labels, x, 1)),
  ),
  ...of('losses.hingeLoss', both(tf.losses.hingeLoss)),
  ...of('losses.huberLoss', { ...both(tf.losses.huberLoss), 'with far values': [[{ shape: [3, 2], from: -4, to: 4.1 }], (x: tf.Tensor) => tf.losses.huberLoss(targets(), x)] }), // prettier-ignore
  ...of('losses.logLoss', both(tf.losses.logLoss)),
  ...of('losses.meanSquaredError', { ...both(tf.losses.meanSquaredError), weighted: [[[3, 2], { shape: [3, 1], from: 0.5, to: 2 }], (x: tf.Tensor, w: tf.Tensor) => tf.losses.meanSquaredError(targets(), x, w)] }), // prettier-ignore
  ...of('losses.computeWeightedLoss', { '': [[[3, 2], { shape: [3, 2], from: 0.5, to: 2 }], (x: tf.Tensor, w: tf.Tensor) => tf.losses.computeWeightedLoss(x, w)] }), // prettier-ignore
  ...of('losses.sigmoidCrossEntropy', both(tf.losses.sigmoidCrossEntropy, [3, 2])),
  ...of('losses.softmaxCrossEntropy', both(tf.losses.softmaxCrossEntropy, [3, 2])),
];
