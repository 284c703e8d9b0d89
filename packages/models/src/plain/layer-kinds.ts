import type { LayerKind } from './layer.js';
import { conv1d, conv2d } from './layers/convolution.js';
import { dense } from './layers/dense.js';
import { activation, batchNormalization, leakyReLU } from './layers/elementwise.js';
import { averagePooling2d, maxPooling2d } from './layers/pooling.js';
import { cropping2d, upSampling2d, zeroPadding2d } from './layers/resized-map.js';
import { flatten, reshape, training } from './layers/same-values.js';
import { categoryProbabilities, missingAsZero } from './layers/table.js';
import { conv2dTranspose } from './layers/transposed-convolution.js';

/** By the names that Keras and TensorFlow.js have for them, and our own layers have. */
export const layerKinds: Readonly<Record<string, LayerKind>> = {
  Activation: activation,
  AveragePooling2D: averagePooling2d,
  BatchNormalization: batchNormalization,
  CategoryProbabilities: categoryProbabilities,
  Conv1D: conv1d,
  Conv2D: conv2d,
  Conv2DTranspose: conv2dTranspose,
  Cropping2D: cropping2d,
  Dense: dense,
  Dropout: training,
  Flatten: flatten,
  GaussianNoise: training,
  LeakyReLU: leakyReLU,
  MaxPooling2D: maxPooling2d,
  MissingAsZero: missingAsZero,
  Reshape: reshape,
  UpSampling2D: upSampling2d,
  ZeroPadding2D: zeroPadding2d,
};
