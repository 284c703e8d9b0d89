import * as tf from '@tensorflow/tfjs';
import { type Built, type Case, type Input, valuesOf, variableOf } from '../case.js';

type Layer = tf.layers.Layer;

/** A layer, differentiated by its inputs and by every weight that is trained; all weights have values of ours. */
export const layer = (
  op: string,
  name: string,
  inputs: Input[],
  make: () => Layer,
  call: { training?: boolean } = {},
): Case => ({
  op: `layers.${op}`,
  name,
  build(): Built {
    const variables = inputs.map(variableOf);
    const made = make();
    const apply = () => made.apply(variables.length === 1 ? variables[0]! : variables, call);
    tf.tidy(() => void apply()); // makes the weights
    const weights = made.weights.map((weight, i) =>
      tf.tidy(() => valuesOf({ shape: weight.shape as number[], ...rangeOf(weight.originalName) }, i + 3)),
    );
    made.setWeights(weights);
    tf.dispose(weights);
    // A layer keeps its variables to itself, but reading one gives the variable.
    const trained = made.trainableWeights.map((weight) => weight.read() as tf.Variable);
    return {
      variables: [...variables, ...trained],
      forward: () => tf.tidy(() => flat(apply() as tf.Tensor | tf.Tensor[])),
      dispose: () => made.dispose(),
    };
  },
});

const flat = (results: tf.Tensor | tf.Tensor[]): tf.Tensor =>
  Array.isArray(results) ? tf.concat(results.map((result) => result.flatten())) : results;

/** A variance is positive. */
const rangeOf = (name: string) =>
  name.includes('variance') ? { from: 0.5, to: 2 } : { from: -0.8, to: 0.8 };

const image = [2, 5, 4, 2];
const video = [2, 3, 4, 3, 2];
const series = [2, 5, 3];

export const layers: Case[] = [
  layer('elu', '', [[3, 4]], () => tf.layers.elu()),
  layer('reLU', '', [[3, 4]], () => tf.layers.reLU()),
  layer('reLU', 'at most 1', [[3, 4]], () => tf.layers.reLU({ maxValue: 1 })),
  layer('leakyReLU', '', [[3, 4]], () => tf.layers.leakyReLU({ alpha: 0.2 })),
  layer('prelu', '', [image], () => tf.layers.prelu({ sharedAxes: [1, 2] })),
  layer('softmax', '', [[3, 4]], () => tf.layers.softmax()),
  layer('thresholdedReLU', '', [[3, 4]], () => tf.layers.thresholdedReLU({ theta: 0.6 })),
  ...(
    [
      'elu',
      'hardSigmoid',
      'linear',
      'relu',
      'relu6',
      'selu',
      'sigmoid',
      'softmax',
      'softplus',
      'softsign',
      'tanh',
      'swish',
      'mish',
      'gelu',
      'gelu_new',
    ] as const
  ).map((activation) =>
    // prettier-ignore
    layer('activation', activation, [[3, 4]], () => tf.layers.activation({ activation })),
  ),
  layer('dense', 'linear', [[3, 4]], () => tf.layers.dense({ units: 2 })),
  layer('dense', 'relu, of rank 3', [series], () => tf.layers.dense({ units: 2, activation: 'relu' })),
  layer('conv1d', 'same, stride 2', [series], () => tf.layers.conv1d({ filters: 2, kernelSize: 3, strides: 2, padding: 'same' })), // prettier-ignore
  layer('conv2d', 'same, stride 2, relu', [image], () => tf.layers.conv2d({ filters: 3, kernelSize: 3, strides: 2, padding: 'same', activation: 'relu' })), // prettier-ignore
  layer('conv2d', 'valid, linear', [image], () => tf.layers.conv2d({ filters: 3, kernelSize: [2, 3] })),
  layer('conv2d', 'dilated, tanh', [image], () => tf.layers.conv2d({ filters: 3, kernelSize: 2, dilationRate: 2, padding: 'same', activation: 'tanh' })), // prettier-ignore
  layer('conv2d', 'dilated, linear', [image], () => tf.layers.conv2d({ filters: 3, kernelSize: 2, dilationRate: 2, padding: 'same' })), // prettier-ignore
  layer('conv2dTranspose', 'same, stride 2', [image], () => tf.layers.conv2dTranspose({ filters: 3, kernelSize: 3, strides: 2, padding: 'same' })), // prettier-ignore
  layer('conv2dTranspose', 'valid, relu', [image], () => tf.layers.conv2dTranspose({ filters: 2, kernelSize: [2, 3], activation: 'relu' })), // prettier-ignore
  layer('conv3d', 'same', [video], () => tf.layers.conv3d({ filters: 2, kernelSize: 2, padding: 'same' })),
  layer('conv3dTranspose', 'valid, stride 2', [video], () => tf.layers.conv3dTranspose({ filters: 2, kernelSize: 2, strides: 2 })), // prettier-ignore
  layer('separableConv2d', 'same', [image], () => tf.layers.separableConv2d({ filters: 3, kernelSize: 3, padding: 'same', depthMultiplier: 2 })), // prettier-ignore
  layer('conv2d', 'dilated, relu', [image], () => tf.layers.conv2d({ filters: 3, kernelSize: 2, dilationRate: 2, padding: 'same', activation: 'relu' })), // prettier-ignore
  layer('depthwiseConv2d', 'same', [image], () => tf.layers.depthwiseConv2d({ kernelSize: 3, padding: 'same', depthMultiplier: 2 })), // prettier-ignore
  layer('cropping2D', '', [image], () => tf.layers.cropping2D({ cropping: [[1, 1], [0, 2]] })), // prettier-ignore
  layer('upSampling2d', 'nearest', [[2, 3, 2, 2]], () => tf.layers.upSampling2d({ size: [2, 3] })),
  layer('upSampling2d', 'bilinear', [[2, 3, 2, 2]], () => tf.layers.upSampling2d({ size: [2, 3], interpolation: 'bilinear' })), // prettier-ignore
  layer('zeroPadding2d', '', [image], () => tf.layers.zeroPadding2d({ padding: [[1, 0], [2, 1]] })), // prettier-ignore
  layer('spatialDropout1d', 'not training', [series], () => tf.layers.spatialDropout1d({ rate: 0.5 })),
  layer('dropout', 'of a seed, training', [[3, 4]], () => tf.layers.dropout({ rate: 0.4, seed: 3 }), { training: true }), // prettier-ignore
  layer('gaussianNoise', 'not training', [[3, 4]], () => tf.layers.gaussianNoise({ stddev: 1 })),
  layer('gaussianDropout', 'not training', [[3, 4]], () => tf.layers.gaussianDropout({ rate: 0.4 })),
  layer('alphaDropout', 'not training', [[3, 4]], () => tf.layers.alphaDropout({ rate: 0.4 })),
  layer('flatten', '', [image], () => tf.layers.flatten()),
  layer('repeatVector', '', [[3, 4]], () => tf.layers.repeatVector({ n: 3 })),
  layer('reshape', '', [image], () => tf.layers.reshape({ targetShape: [4, -1] })),
  layer('permute', '', [image], () => tf.layers.permute({ dims: [3, 1, 2] })),
  layer('embedding', '', [{ shape: [2, 3], values: [1.5, 0.5, 3.5, 3.5, 1.5, 1.5] }], () => tf.layers.embedding({ inputDim: 4, outputDim: 2 })), // prettier-ignore
  ...(['add', 'average', 'maximum', 'minimum', 'multiply'] as const).map(
    (name) =>
    layer(name, '', [[3, 4], [3, 4]], () => tf.layers[name]()), // prettier-ignore
  ),
  layer('concatenate', '', [[3, 4], [3, 2]], () => tf.layers.concatenate()), // prettier-ignore
  layer('dot', 'of vectors', [[3, 4], [3, 4]], () => tf.layers.dot({ axes: 1 })), // prettier-ignore
  layer('dot', 'normalised', [[3, 4], [3, 4]], () => tf.layers.dot({ axes: 1, normalize: true })), // prettier-ignore
  layer('batchNormalization', 'not training', [image], () => tf.layers.batchNormalization()),
  layer('batchNormalization', 'training', [image], () => tf.layers.batchNormalization(), { training: true }),
  layer('batchNormalization', 'of vectors, training', [[5, 3]], () => tf.layers.batchNormalization(), { training: true }), // prettier-ignore
  layer('batchNormalization', 'along another axis, training', [image], () => tf.layers.batchNormalization({ axis: 1 }), { training: true }), // prettier-ignore
  layer('batchNormalization', 'along another axis', [image], () => tf.layers.batchNormalization({ axis: 1 })),
  layer('layerNormalization', '', [[3, 4]], () => tf.layers.layerNormalization()),
  layer('layerNormalization', 'of images', [image], () => tf.layers.layerNormalization({ axis: [1, 2, 3] })),
  layer('averagePooling1d', '', [series], () => tf.layers.averagePooling1d({ poolSize: 2, padding: 'same' })),
  layer('averagePooling2d', 'same', [image], () => tf.layers.averagePooling2d({ poolSize: 2, padding: 'same' })), // prettier-ignore
  layer('averagePooling3d', 'same', [video], () => tf.layers.averagePooling3d({ poolSize: 2, padding: 'same' })), // prettier-ignore
  layer('maxPooling1d', '', [series], () => tf.layers.maxPooling1d({ poolSize: 2, padding: 'same' })),
  layer('maxPooling2d', 'same', [image], () => tf.layers.maxPooling2d({ poolSize: 2, padding: 'same' })),
  layer('maxPooling3d', 'same', [video], () => tf.layers.maxPooling3d({ poolSize: 2, padding: 'same' })),
  layer('globalAveragePooling1d', '', [series], () => tf.layers.globalAveragePooling1d()),
  layer('globalAveragePooling2d', '', [image], () => tf.layers.globalAveragePooling2d({})),
  layer('globalMaxPooling1d', '', [series], () => tf.layers.globalMaxPooling1d()),
  layer('globalMaxPooling2d', '', [image], () => tf.layers.globalMaxPooling2d({})),
  layer('masking', 'no step masked', [series], () => tf.layers.masking()),
  layer('rescaling', '', [image], () => tf.layers.rescaling({ scale: 0.5, offset: 0.1 })),
  layer('resizing', 'bilinear', [image], () => tf.layers.resizing({ height: 3, width: 7 })),
  layer('resizing', 'nearest', [image], () => tf.layers.resizing({ height: 3, width: 7, interpolation: 'nearest' })), // prettier-ignore
];
