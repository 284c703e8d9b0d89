import * as tf from '@tensorflow/tfjs';

/** What is used of a layer of convolutions. */
interface ConvolutionLayer {
  rank: number;
  dataFormat: string;
  dilationRate: number[];
  strides: [number, number];
  padding: 'valid' | 'same';
  kernel: { read(): tf.Tensor4D };
  bias: { read(): tf.Tensor } | null;
  activation: { apply(x: tf.Tensor): tf.Tensor } | null;
}

type Call = (this: ConvolutionLayer, inputs: tf.Tensor | tf.Tensor[], kwargs: object) => tf.Tensor;

/**
 * Lets dilated `tf.layers.conv2d` be trained: they use a fused convolution, whose own gradient throws, and now the plain
 * one, whose gradient is patched. Other layers are what they were.
 */
export function patchDilatedLayers(): void {
  const prototype = prototypeWithCall();
  const stock = prototype.call;
  prototype.call = function (inputs, kwargs) {
    const isDilated = this.rank === 2 && this.dilationRate.some((rate) => rate > 1);
    if (!isDilated || this.dataFormat === 'channelsFirst') return stock.call(this, inputs, kwargs);
    return tf.tidy(() => {
      const { strides, padding, dilationRate, kernel, bias, activation } = this;
      const x = [inputs].flat()[0] as tf.Tensor4D;
      const convolved = tf.conv2d(
        x,
        kernel.read(),
        strides,
        padding,
        'NHWC',
        dilationRate as [number, number],
      );
      const y = bias ? tf.add(convolved, bias.read()) : convolved;
      return activation ? activation.apply(y) : y;
    });
  };
}

/** The class that all layers of convolutions share is not exported. */
function prototypeWithCall(): { call: Call } {
  // With a name of its own, so that the layers of a program are counted as before.
  const layer = tf.layers.conv2d({ filters: 1, kernelSize: 1, name: 'of-which-the-class-is-taken' });
  let prototype = Object.getPrototypeOf(layer) as object;
  while (!Object.hasOwn(prototype, 'call')) prototype = Object.getPrototypeOf(prototype) as object;
  return prototype as { call: Call };
}
