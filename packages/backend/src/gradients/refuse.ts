import { type GradConfig, getBackend } from '@tensorflow/tfjs';

/** What has no gradient in TensorFlow.js, or a wrong one that is not patched, with what to use instead. */
const remedies: Record<string, string> = {
  Bincount: 'tf.unsortedSegmentSum of the weights',
  CropAndResize: 'tf.slice and tf.image.resizeBilinear',
  Cumprod: 'tf.exp of tf.cumsum of tf.log, where the values are positive',
  DenseBincount: 'tf.unsortedSegmentSum of the weights',
  Diag: 'tf.mul of the vector and tf.eye',
  Einsum: 'tf.matMul, tf.transpose and tf.sum',
  FlipLeftRight: 'tf.reverse along axis 2',
  GatherNd: 'tf.gather of the flattened tensor',
  MaxPoolWithArgmax: 'tf.maxPool',
  RotateWithOffset: 'it where the data is prepared, outside of the loss',
  ScatterNd: 'tf.unsortedSegmentSum',
  SparseToDense: 'tf.unsortedSegmentSum',
  StridedSlice: 'tf.slice, or tf.gather for every second value',
  TensorScatterUpdate: 'tf.where with a mask',
  TopK: 'tf.mul by a mask of the values that are at least the k-th largest',
  Transform: 'it where the data is prepared, outside of the loss',
  Unique: 'it where the data is prepared, outside of the loss',
};

const complex = ['Complex', 'ComplexAbs', 'FFT', 'IFFT', 'Imag', 'Real'];

/** Kernels that only a gradient runs: differentiating them is a second derivative. */
const gradients = [
  ...['AvgPoolGrad', 'AvgPool3DGrad', 'Conv2DBackpropFilter', 'Conv3DBackpropFilterV2', 'EluGrad', 'LRNGrad'],
  ...[
    'DepthwiseConv2dNativeBackpropFilter',
    'DepthwiseConv2dNativeBackpropInput',
    'Dilation2DBackpropFilter',
  ],
  ...['Dilation2DBackpropInput', 'MaxPoolGrad', 'MaxPool3DGrad'],
];

const refusal = (kernelName: string, found: string, remedy: string): GradConfig => ({
  kernelName,
  gradFunc() {
    throw new Error(`Cannot differentiate ${kernelName} on ${getBackend()}: found ${found}; use ${remedy}`);
  },
});

/** Gradients that say what cannot be differentiated, and what to use: in place of none, or of a wrong number. */
export const refused: readonly GradConfig[] = [
  ...Object.entries(remedies).map(([name, remedy]) =>
    refusal(name, 'that TensorFlow.js has no gradient of it', remedy),
  ),
  ...complex.map((name) =>
    refusal(name, 'no right gradient of complex numbers', 'tf.matMul with sines and cosines as real numbers'),
  ),
  ...gradients.map((name) =>
    refusal(name, 'no second derivative of this operation', 'first derivatives only, or another operation'),
  ),
];
