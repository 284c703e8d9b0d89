import * as tf from '@tensorflow/tfjs';

import type { NetworkOptions } from '../network.js';
import type { Coders } from './coders.js';
import { MissingAsZero } from './missing.js';

/**
 * Convolution and pooling as often as there are channels, transposed convolutions back, nothing dense: the last
 * feature map, flattened, is the code.
 * @throws RangeError where the shape cannot be halved so often, or latentDim is not the size of the map
 */
export function pooledMap(
  {
    shape,
    channels,
    latentDim,
    missing,
  }: Pick<NetworkOptions, 'shape' | 'channels'> & { latentDim: number; missing: boolean },
  output: 'linear' | 'sigmoid',
): Omit<Coders, 'features'> {
  const shrink = 2 ** channels.length;
  const map: [number, number, number] = [shape[0]! / shrink, shape[1]! / shrink, channels.at(-1)!];
  if (!map.every(Number.isInteger))
    throw new RangeError(
      `shape is [${shape}], expected sides that ${shrink} divides where the code is a map; pad or crop the images`,
    );
  const size = tf.util.sizeFromShape(map);
  if (latentDim !== size)
    throw new RangeError(`latentDim is ${latentDim}, expected ${size}, the size of the map`);
  const encoder = tf.sequential({
    name: 'encoder',
    layers: [
      tf.layers.inputLayer({ inputShape: [...shape], name: 'images' }),
      ...(missing ? [new MissingAsZero({ name: 'whole' })] : []),
      ...channels.flatMap((filters, i) => [
        tf.layers.conv2d({
          ...{ filters, kernelSize: 3, padding: 'same', activation: 'relu', name: `conv${i}` },
        }),
        tf.layers.maxPooling2d({ poolSize: 2, name: `pool${i}` }), // [h, w] → [h/2, w/2]
      ]),
      tf.layers.flatten({ name: 'code' }),
    ],
  });
  const widen = { kernelSize: 2, strides: 2 } as const;
  const decoder = tf.sequential({
    name: 'decoder',
    layers: [
      tf.layers.inputLayer({ inputShape: [size], name: 'codes' }),
      tf.layers.reshape({ targetShape: map, name: 'map' }),
      ...channels
        .slice(0, -1)
        .toReversed()
        .map((filters, i) =>
          tf.layers.conv2dTranspose({ ...widen, filters, activation: 'relu', name: `deconv${i}` }),
        ),
      tf.layers.conv2dTranspose({ ...widen, filters: shape[2]!, activation: output, name: 'images' }),
    ],
  });
  return { encoder, decoder, code: { kind: 'map', shape: map } };
}
