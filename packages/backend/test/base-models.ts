import * as tf from '@tensorflow/tfjs';

/** One of the four base models of the project, written out in plain TensorFlow.js operations. */
export interface BaseModel {
  shapes: [name: string, shape: number[], fanIn: number][];
  optimizer: () => tf.Optimizer;
  loss(weights: tf.Tensor[], images: tf.Tensor4D, noise: (shape: [number, number]) => tf.Tensor2D): tf.Scalar;
}

const dense = (name: string, inputs: number, outputs: number): BaseModel['shapes'] => [
  [`${name}/kernel`, [inputs, outputs], inputs],
  [`${name}/bias`, [outputs], inputs],
];
const conv = (name: string, size: number, inputs: number, outputs: number): BaseModel['shapes'] => [
  [`${name}/kernel`, [size, size, inputs, outputs], size * size * inputs],
  [`${name}/bias`, [outputs], size * size * inputs],
];
const deconv = (name: string, size: number, inputs: number, outputs: number): BaseModel['shapes'] => [
  [`${name}/kernel`, [size, size, outputs, inputs], inputs],
  [`${name}/bias`, [outputs], inputs],
];

const adam = () => tf.train.adam(1e-3, 0.9, 0.999, 1e-7);
const adamax = () => tf.train.adamax(1e-3, 0.9, 0.999, 1e-7);

const flat = (images: tf.Tensor4D) => images.reshape<tf.Tensor2D>([images.shape[0], 784]);
const apply = (x: tf.Tensor, weights: tf.Tensor[], layer: number) =>
  tf.add(tf.matMul(x as tf.Tensor2D, weights[2 * layer] as tf.Tensor2D), weights[2 * layer + 1]!);
const convolve = (x: tf.Tensor4D, weights: tf.Tensor[], layer: number, padding: 'same' | 'valid') =>
  tf.add<tf.Tensor4D>(tf.conv2d(x, weights[2 * layer] as tf.Tensor4D, 1, padding), weights[2 * layer + 1]!);
const deconvolve = (x: tf.Tensor4D, weights: tf.Tensor[], layer: number, stride: number, size: number) =>
  tf.add<tf.Tensor4D>(
    tf.conv2dTranspose(
      x,
      weights[2 * layer] as tf.Tensor4D,
      [x.shape[0], size, size, weights[2 * layer]!.shape[2]!],
      stride,
      'valid',
    ),
    weights[2 * layer + 1]!,
  );

const meanSquaredError = (output: tf.Tensor, target: tf.Tensor) =>
  tf.mean(tf.squaredDifference(output, target)) as tf.Scalar;
/** max(l, 0) - l t + log(1 + exp(-|l|)), summed over everything. */
const crossEntropy = (logits: tf.Tensor, target: tf.Tensor): tf.Scalar =>
  tf.sum(tf.add(tf.sub(tf.relu(logits), tf.mul(logits, target)), tf.log1p(tf.exp(tf.neg(tf.abs(logits))))));
const divergence = (mean: tf.Tensor, logVar: tf.Tensor): tf.Scalar =>
  tf.mul(-0.5, tf.sum(tf.sub(tf.sub(tf.add(1, logVar), tf.square(mean)), tf.exp(logVar))));
const draw = (mean: tf.Tensor, logVar: tf.Tensor, noise: (shape: [number, number]) => tf.Tensor2D) =>
  tf.add(mean, tf.mul(noise(mean.shape as [number, number]), tf.exp(tf.mul(0.5, logVar))));

export const baseModels: Record<string, BaseModel> = {
  ae: {
    shapes: [784, 256, 128, 2, 128, 256].flatMap((inputs, k, all) =>
      dense(`dense${k}`, inputs, all[k + 1] ?? 784),
    ),
    optimizer: adam,
    loss(weights, images) {
      let h: tf.Tensor = flat(images);
      for (let layer = 0; layer < 5; layer++) h = tf.relu(apply(h, weights, layer));
      return meanSquaredError(tf.sigmoid(apply(h, weights, 5)), flat(images));
    },
  },
  'conv-ae': {
    shapes: [
      ...conv('conv1', 3, 1, 16),
      ...conv('conv2', 3, 16, 4),
      ...deconv('deconv1', 2, 4, 16),
      ...deconv('deconv2', 2, 16, 1),
    ],
    optimizer: adam,
    loss(weights, images) {
      let h = tf.maxPool(tf.relu(convolve(images, weights, 0, 'same')), 2, 2, 'valid');
      h = tf.maxPool(tf.relu(convolve(h, weights, 1, 'same')), 2, 2, 'valid');
      h = tf.relu(deconvolve(h, weights, 2, 2, 14));
      return meanSquaredError(tf.sigmoid(deconvolve(h, weights, 3, 2, 28)), images);
    },
  },
  vae: {
    shapes: [
      ...dense('enc', 784, 256),
      ...dense('mean', 256, 2),
      ...dense('logvar', 256, 2),
      ...dense('dec1', 2, 256),
      ...dense('dec2', 256, 784),
    ],
    optimizer: adam,
    loss(weights, images, noise) {
      const h = tf.relu(apply(flat(images), weights, 0));
      const [mean, logVar] = [apply(h, weights, 1), apply(h, weights, 2)];
      const logits = apply(tf.relu(apply(draw(mean, logVar, noise), weights, 3)), weights, 4);
      return tf.add(crossEntropy(logits, flat(images)), divergence(mean, logVar));
    },
  },
  'conv-vae': {
    shapes: [
      ...conv('conv1', 4, 1, 32),
      ...conv('conv2', 4, 32, 64),
      ...dense('mean', 22 * 22 * 64, 256),
      ...dense('logvar', 22 * 22 * 64, 256),
      ...dense('z', 256, 22 * 22 * 64),
      ...deconv('deconv1', 4, 64, 32),
      ...deconv('deconv2', 4, 32, 1),
    ],
    optimizer: adamax,
    loss(weights, images, noise) {
      const h = tf.relu(convolve(tf.relu(convolve(images, weights, 0, 'valid')), weights, 1, 'valid'));
      const features = h.reshape([images.shape[0], 22 * 22 * 64]);
      const [mean, logVar] = [apply(features, weights, 2), apply(features, weights, 3)];
      const seed = tf
        .relu(apply(draw(mean, logVar, noise), weights, 4))
        .reshape<tf.Tensor4D>([-1, 22, 22, 64]);
      const logits = deconvolve(tf.relu(deconvolve(seed, weights, 5, 1, 25)), weights, 6, 1, 28);
      return tf.add(crossEntropy(logits, images), divergence(mean, logVar));
    },
  },
};

/** Parameter number k (from 1) has element i = sin(0.37 i + k) / sqrt(fan-in); the caller disposes of them. */
export const parameters = ({ shapes }: BaseModel): tf.Variable[] =>
  shapes.map(([, shape, fanIn], k) => {
    const values = new Float32Array(tf.util.sizeFromShape(shape));
    for (let i = 0; i < values.length; i++) values[i] = Math.sin(0.37 * i + k + 1) / Math.sqrt(fanIn);
    return tf.tidy(() => tf.variable(tf.tensor(values, shape)));
  });

/** The reparameterisation noise of a step: element i is sqrt(2) sin(1.3 i + step). */
export const waveNoise =
  (step: number) =>
  ([rows, columns]: [number, number]): tf.Tensor2D =>
    tf.tensor2d(
      Float32Array.from({ length: rows * columns }, (_, i) => Math.SQRT2 * Math.sin(1.3 * i + step)),
      [rows, columns],
    );
