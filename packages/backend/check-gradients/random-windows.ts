import * as tf from '@tensorflow/tfjs';
import { type Case, named } from './case.js';
import type { Chance } from './chance.js';

type Pair = [number, number];
type Triple = [number, number, number];

/** Pads that keep every window on at least one pixel: those in pixels are smaller than the filter. */
const padOf = ({ pick }: Chance, filter: readonly number[]) =>
  pick(['same', 'valid', ...Array(Math.min(...filter)).keys()] as const);

/** Images of at least the filter's size. */
const imageOf = ({ shape, whole }: Chance, reach: readonly number[], channels: number) => [
  whole(1, 3),
  ...shape(reach.length).map((more, d) => reach[d]! + more - 1),
  channels,
];

const spread = (filter: readonly number[], dilations: readonly number[]) =>
  filter.map((side, d) => (side - 1) * dilations[d]! + 1);

/** Operations that move a window over images. */
export const randomWindows: ((chance: Chance) => Case)[] = [
  (chance) => {
    const op = chance.pick(['avgPool', 'maxPool'] as const);
    const [filter, strides] = [chance.shape(2, 3) as Pair, chance.shape(2, 3) as Pair];
    const x = imageOf(chance, filter, chance.whole(1, 3));
    const pad = padOf(chance, filter);
    const settings = { x, filter, strides, pad };
    return named(op, settings, [x], (given: tf.Tensor4D) => tf[op](given, filter, strides, pad));
  },
  (chance) => {
    const op = chance.pick(['avgPool3d', 'maxPool3d'] as const);
    const filter = chance.shape(3, 3) as Triple;
    const strides = filter.map((side) => chance.whole(1, side)) as Triple;
    const x = imageOf(chance, filter, chance.whole(1, 2));
    const pad = chance.pick(['same', 'valid'] as const);
    const settings = { x, filter, strides, pad };
    return named(op, settings, [x], (given: tf.Tensor5D) => tf[op](given, filter, strides, pad));
  },
  (chance) => {
    const op = chance.pick(['conv2d', 'depthwiseConv2d'] as const);
    const dilations = chance.pick<Pair>([[1, 1], [1, 1], [2, 1], [2, 3]]); // prettier-ignore
    const isDilated = dilations[0] > 1;
    const stride = isDilated ? 1 : chance.whole(1, 3);
    const strides: Pair = [stride, isDilated || op === 'depthwiseConv2d' ? stride : chance.whole(1, 3)];
    const filter = [...chance.shape(2, 3), chance.whole(1, 3), chance.whole(1, 3)];
    const x = imageOf(chance, spread(filter.slice(0, 2), dilations), filter[2]!);
    const pad = padOf(chance, filter.slice(0, 2));
    const settings = { x, filter, strides, pad, dilations };
    return named(op, settings, [x, filter], (images: tf.Tensor4D, weights: tf.Tensor4D) =>
      tf[op](images, weights, strides, pad, 'NHWC', dilations),
    );
  },
  (chance) => {
    const filter = [...chance.shape(2, 3), chance.whole(1, 2), chance.whole(1, 3)];
    const strides = chance.shape(2, 3) as Pair;
    const x = [...chance.shape(3), filter[3]!];
    const pad = chance.pick(['same', 'valid'] as const);
    const side = (d: 0 | 1) =>
      pad === 'same' ? x[d + 1]! * strides[d] : (x[d + 1]! - 1) * strides[d] + filter[d]!;
    const out = [x[0]!, side(0), side(1), filter[2]!] as tf.Tensor4D['shape'];
    const settings = { x, filter, strides, pad };
    return named('conv2dTranspose', settings, [x, filter], (images: tf.Tensor4D, weights: tf.Tensor4D) =>
      tf.conv2dTranspose(images, weights, out, strides, pad),
    );
  },
  (chance) => {
    const filter = [...chance.shape(3, 2), chance.whole(1, 2), chance.whole(1, 2)];
    const strides = filter.slice(0, 3).map((side) => chance.whole(1, side)) as Triple;
    const x = imageOf(chance, filter.slice(0, 3), filter[3]!);
    const pad = chance.pick(['same', 'valid'] as const);
    const settings = { x, filter, strides, pad };
    return named('conv3d', settings, [x, filter], (images: tf.Tensor5D, weights: tf.Tensor5D) =>
      tf.conv3d(images, weights, strides, pad),
    );
  },
];
