import * as tf from '@tensorflow/tfjs';

import type { Body, NetworkOptions } from '../network.js';
import { hiddenLayers } from './hidden-layers.js';
import { inSequence } from './in-sequence.js';

type Sides = [height: number, width: number];

/** What the convolutions look at, which of a series has width 1. */
interface Field {
  plane: [height: number, width: number, channels: number];
  kernel: Sides;
  strides: Sides;
}

/**
 * Convolutions, dense layers, the code, dense layers, transposed convolutions. With strides an odd side is padded on
 * its way to the code, and what its way back has too much is cropped; without, a kernel's border is lost and regained.
 * @throws RangeError where the border is all there is
 */
export function convolutionalBody(
  options: Omit<NetworkOptions, 'kernelSize' | 'strides'>,
  { plane: [height, width, depth], kernel, strides }: Field,
): Body {
  const { channels, activation } = options;
  const padding = Math.max(...strides) === 1 ? 'valid' : 'same';
  const convolution = { kernelSize: kernel, strides, padding } as const;
  const sides = channels.reduce<Sides[]>(
    (all) => [
      ...all,
      all
        .at(-1)!
        .map((side, i) =>
          padding === 'valid' ? side - kernel[i]! + 1 : Math.ceil(side / strides[i]!),
        ) as Sides,
    ],
    [[height, width]],
  );
  if (Math.min(...sides.at(-1)!) < 1)
    throw new RangeError(
      `kernelSize is ${kernel[0]}, whose ${channels.length} convolutions take ${channels.length * (kernel[0] - 1)} off sides of ${height} and ${width}, expected some to be left`,
    );
  const map = [...sides.at(-1)!, channels.at(-1)!]; // [height, width, channels] where the convolutions end

  /** The layer of the way back that ends with the sides before convolution `i`. */
  const widen = (
    i: number,
    config: {
      filters: number;
      activation: NetworkOptions['activation'] | 'linear' | 'sigmoid';
      name: string;
    },
  ) => {
    const extra = sides[i + 1]!.map((side, axis) =>
      padding === 'valid' ? 0 : side * strides[axis]! - sides[i]![axis]!,
    );
    return [
      tf.layers.conv2dTranspose({ ...convolution, ...config }),
      ...(extra.some((side) => side > 0)
        ? [
            tf.layers.cropping2D({
              cropping: extra.map((side) => [0, side]) as [Sides, Sides],
              name: `crop${i}`,
            }),
          ]
        : []),
    ];
  };
  return {
    encode: (images) =>
      inSequence(
        [
          ...channels.map((filters, i) =>
            tf.layers.conv2d({ ...convolution, filters, activation, name: `conv${i}` }),
          ),
          tf.layers.flatten({ name: 'features' }),
          ...hiddenLayers(options, 'encoder'),
        ],
        images,
      ),
    decode: (codes) =>
      inSequence(
        [
          ...hiddenLayers(options, 'decoder'),
          tf.layers.dense({ units: tf.util.sizeFromShape(map), activation, name: 'features' }),
          tf.layers.reshape({ targetShape: map, name: 'map' }),
          ...channels
            .slice(0, -1)
            .toReversed()
            .flatMap((filters, i) =>
              widen(channels.length - 1 - i, { filters, activation, name: `deconv${i}` }),
            ),
        ],
        codes,
      ),
    output: (last, name = 'images') => widen(0, { filters: depth, activation: last, name }),
  };
}
