import type { Autoencoder } from '@ae/models';
import type * as tf from '@tensorflow/tfjs';

/**
 * Floating-point operations of a training step for one image: two for every multiply-add of the products and
 * convolutions, forward and for both gradients, but for that of the images. Element-wise work is not counted.
 */
export function trainingFlops({ encoder, decoder }: Autoencoder): number {
  const layers = [...encoder.layers, ...decoder.layers].map(forwardFlops).filter((flops) => flops > 0);
  return 3 * layers.reduce((sum, flops) => sum + flops, 0) - layers[0]!;
}

/** A convolution applies its kernel at every output position, a transposed one at every input position. */
function forwardFlops(layer: tf.layers.Layer): number {
  const kernel = layer.weights.find((weight) => weight.originalName.endsWith('kernel'));
  if (!kernel) return 0;
  const size = kernel.shape.reduce<number>((product, side) => product * side!, 1);
  if (kernel.shape.length === 2) return 2 * size;
  const shape = (
    layer.getClassName() === 'Conv2DTranspose' ? layer.input : layer.output
  ) as tf.SymbolicTensor;
  return 2 * size * shape.shape[1]! * shape.shape[2]!;
}
