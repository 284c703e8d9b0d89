import type { TensorData } from '@ae/models';

import type { Convolution } from './convolution.js';
import type { Dense } from './dense.js';
import { PIXELS, SIDE, type Activation, type Layer, type Network } from './network.js';

/**
 * Reads the four base models' networks off their weights, whose names and shapes say nearly all: dense layers and
 * convolutions, a linear code, a sigmoid at the end.
 * @param tensors by the names of `namedWeights`, in the order of the layers
 * @param hidden the activation of all other layers
 * @throws RangeError where the shapes do not follow one another
 */
export function networkOfWeights(
  name: string,
  tensors: Record<string, TensorData>,
  hidden: Activation,
): Network {
  const encoder = layersOf(name, kernelsOf(tensors, 'encoder'), PIXELS, { hidden, last: 'linear' });
  const latentDim = encoder.at(-1)!.bias.length;
  const decoder = layersOf(name, kernelsOf(tensors, 'decoder'), latentDim, { hidden, last: 'sigmoid' });
  const generative = 'encoder/logVar/kernel' in tensors;
  return { name, latentDim, generative, encoder, decoder };
}

interface Weights {
  shape: number[];
  kernel: Float32Array;
  bias: Float32Array;
}

function kernelsOf(tensors: Record<string, TensorData>, part: string): Weights[] {
  return Object.keys(tensors)
    .filter((name) => name.startsWith(`${part}/`) && name.endsWith('/kernel') && !name.includes('/logVar/'))
    .map((name) => ({
      shape: tensors[name]!.shape,
      kernel: tensors[name]!.data as Float32Array,
      bias: tensors[name.replace(/kernel$/, 'bias')]!.data as Float32Array,
    }));
}

function layersOf(
  name: string,
  weights: Weights[],
  size: number,
  activations: { hidden: Activation; last: Activation },
): Layer[] {
  const maps = weights.filter(({ shape }) => shape.length === 4);
  const widening = maps.length > 0 && weights[0]!.shape.length === 2;
  const smallSide = maps.length > 0 ? sideOfSmallestMap(weights, widening) : 0;
  let side = widening ? smallSide : SIDE;
  const layers: Layer[] = [];
  for (const weight of weights) {
    const activation = weight === weights.at(-1) ? activations.last : activations.hidden;
    const layer =
      weight.shape.length === 2
        ? dense(weight, activation)
        : convolution(weight, { side, smallSide, count: maps.length, widening, activation });
    const expected = layer.kind === 'dense' ? layer.inputs : layer.from.side ** 2 * layer.from.channels;
    if (expected !== size)
      throw new RangeError(
        `Cannot read the network of ${name}: a layer takes ${expected} numbers after one that gives ${size}, expected the layers of a base model in order`,
      );
    if (layer.kind !== 'dense') side = layer.to.side;
    size = layer.kind === 'dense' ? layer.units : layer.to.side ** 2 * layer.to.channels;
    layers.push(layer);
  }
  return layers;
}

/** The dense layer next to the convolutions has as many numbers as the smallest map. */
function sideOfSmallestMap(weights: Weights[], widening: boolean): number {
  const first = weights.findIndex(({ shape }) => shape.length === (widening ? 4 : 2));
  const [before, after] = [weights[first - 1]!.shape, weights[first]!.shape];
  return Math.sqrt(widening ? before[1]! / after[3]! : after[0]! / before[3]!);
}

function dense({ shape, kernel, bias }: Weights, activation: Activation): Dense {
  return { kind: 'dense', inputs: shape[0]!, units: shape[1]!, kernel, bias, activation };
}

/** `count` equal steps lead from 28 pixels to the smallest map: strides with padding, or none of either. */
function convolution(
  { shape, kernel, bias }: Weights,
  place: { side: number; smallSide: number; count: number; widening: boolean; activation: Activation },
): Convolution {
  const { side, smallSide, count, widening, activation } = place;
  const kernelSize = shape[0]!;
  const stride = Math.round((SIDE / smallSide) ** (1 / count));
  const grown = stride > 1 ? side * stride : side + kernelSize - 1;
  const shrunk = stride > 1 ? side / stride : side - kernelSize + 1;
  const [small, large] = widening ? [side, grown] : [shrunk, side];
  const overlap = Math.max(0, (small - 1) * stride + kernelSize - large);
  const [inputs, outputs] = widening ? [shape[3]!, shape[2]!] : [shape[2]!, shape[3]!];
  return {
    kind: widening ? 'transposed-convolution' : 'convolution',
    from: { side, channels: inputs },
    to: { side: widening ? large : small, channels: outputs },
    kernelSize,
    stride,
    padding: Math.floor(overlap / 2), // as TensorFlow pads: the odd row goes below
    kernel: widening ? swapLastSides(kernel, outputs, inputs) : kernel,
    bias,
    activation,
  };
}

/** `[…, rows, columns]` → `[…, columns, rows]`; TensorFlow.js keeps a transposed kernel with its outputs first. */
function swapLastSides(kernel: Float32Array, rows: number, columns: number): Float32Array {
  const swapped = new Float32Array(kernel.length);
  for (let start = 0; start < kernel.length; start += rows * columns)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++)
        swapped[start + column * rows + row] = kernel[start + row * columns + column]!;
  return swapped;
}
