import * as tf from '@tensorflow/tfjs';
import { type Case, type Input, named } from './case.js';
import { type Chance, chanceOf } from './chance.js';
import { randomWindows } from './random-windows.js';

type Generator = (chance: Chance) => Case;

/** `count` random uses of each operation whose shapes and settings matter. */
export function randomCases(count: number, seed: number): Case[] {
  const chance = chanceOf(seed);
  return Array.from({ length: count }, () =>
    [...randomWindows, ...generators].map((make) => make(chance)),
  ).flat();
}

/** The shape with some sides of one, and without some of the first. */
const smaller = ({ pick, whole }: Chance, shape: number[]): number[] =>
  shape.map((side) => pick([side, 1])).slice(whole(0, shape.length));

const sizeOf = (shape: number[]) => shape.reduce((size, side) => size * side, 1);

const generators: Generator[] = [
  ({ whole, pick, shape, yes }) => {
    const x = shape(whole(1, 4));
    const axes = x.map((_, d) => d).filter(yes);
    const op = pick(['sum', 'mean', 'max', 'min', 'prod', 'logSumExp'] as const);
    const keep = yes();
    return named(op, { x, axes, keep }, [x], (given: tf.Tensor) =>
      (tf[op] as typeof tf.sum)(given, axes.length > 0 ? axes : undefined, keep),
    );
  },
  ({ whole, shape, yes }) => {
    const x = shape(whole(1, 4));
    const [axis, exclusive, reverse] = [whole(0, x.length - 1), yes(), yes()];
    return named('cumsum', { x, axis, exclusive, reverse }, [x], (given: tf.Tensor) =>
      tf.cumsum(given, axis, exclusive, reverse),
    );
  },
  (chance) => {
    const batch = chance.shape(chance.whole(0, 2), 3);
    const [rows, inner, columns] = chance.shape(3) as [number, number, number];
    const [tA, tB] = [chance.yes(), chance.yes()];
    const a = [...batch.map((side) => chance.pick([side, 1])), ...(tA ? [inner, rows] : [rows, inner])];
    const b = [...smaller(chance, batch), ...(tB ? [columns, inner] : [inner, columns])];
    return named('matMul', { a, b, tA, tB }, [a, b], (x: tf.Tensor, y: tf.Tensor) => tf.matMul(x, y, tA, tB));
  },
  ({ whole, shape, pick }) => {
    const x = shape(whole(1, 4));
    const axis = whole(0, x.length - 1);
    const batchDims = whole(0, axis);
    const picks = [...x.slice(0, batchDims), ...shape(whole(1, 2), 3)];
    const values = Array.from({ length: sizeOf(picks) }, () => pick([...Array(x[axis]!).keys()]));
    return named('gather', { x, axis, batchDims, picks }, [x], (given: tf.Tensor) =>
      tf.gather(given, tf.tensor(values, picks, 'int32'), axis, batchDims),
    );
  },
  (chance) => {
    const whole = chance.shape(chance.whole(1, 4), 3);
    const op = chance.pick([
      'add',
      'sub',
      'mul',
      'maximum',
      'minimum',
      'squaredDifference',
      'prelu',
    ] as const);
    const a = op === 'prelu' ? whole : smaller(chance, whole);
    const b = smaller(chance, whole);
    return named(op, { a, b }, [a, { shape: b, from: -1.4, to: 1.7 }], (x: tf.Tensor, y: tf.Tensor) => tf[op](x, y)); // prettier-ignore
  },
  (chance) => {
    const shape = chance.shape(chance.whole(1, 4), 3);
    const [a, b, mask] = [smaller(chance, shape), smaller(chance, shape), smaller(chance, shape)];
    const values = Array.from({ length: sizeOf(mask) }, () => chance.whole(0, 1));
    return named('where', { mask, a, b }, [a, b], (x: tf.Tensor, y: tf.Tensor) =>
      tf.where(tf.tensor(values, mask, 'bool'), x, y),
    );
  },
  ({ shape, pick }) => {
    const x = shape(4, 3);
    const values = pick([[x[3]!], x, x.map((side) => pick([side, 1]))]);
    const inputs: Input[] = [x, values, { shape: values, from: 0.5, to: 2 }, values, values];
    return named('batchNorm', { x, values }, inputs, (...given: tf.Tensor[]) =>
      tf.batchNorm(...(given as [tf.Tensor4D, tf.Tensor4D, tf.Tensor4D])),
    );
  },
  ({ shape, whole, pick }) => {
    const mode = pick(['reflect', 'symmetric'] as const);
    const x = shape(whole(1, 4)).map((side) => side + 1);
    const most = (side: number) => (mode === 'reflect' ? side - 1 : side);
    const pads = x.map((side): [number, number] => [whole(0, most(side)), whole(0, most(side))]);
    return named('mirrorPad', { x, pads, mode }, [x], (given: tf.Tensor) => tf.mirrorPad(given, pads, mode));
  },
  ({ shape, whole }) => {
    const x = shape(whole(1, 5), 3);
    const [reps, pads] = [
      x.map(() => whole(1, 3)),
      x.map((): [number, number] => [whole(0, 2), whole(0, 2)]),
    ];
    return named('tile', { x, reps, pads }, [x], (given: tf.Tensor) => tf.tile(tf.pad(given, pads), reps));
  },
  ({ shape, whole, yes }) => {
    const x = shape(whole(1, 4));
    const begin = x.map((side) => whole(0, side - 1));
    const size = x.map((side, d) => whole(1, side - begin[d]!));
    const axes = x.map((_, d) => d).filter(yes);
    return named('slice', { x, begin, size, axes }, [x], (given: tf.Tensor) =>
      tf.transpose(tf.slice(tf.reverse(given, axes), begin, size)),
    );
  },
  ({ shape, whole, pick }) => {
    const x = shape(4, 6);
    const size = pick([shape(2, 9), [x[1]! * whole(1, 3), x[2]! * whole(1, 3)]]) as [number, number];
    const [corners, centres] = pick([[false, false], [true, false], [false, true]] as const); // prettier-ignore
    const op = pick(['resizeNearestNeighbor', 'resizeBilinear'] as const);
    return named(`image.${op}`, { x, size, corners, centres }, [x], (given: tf.Tensor4D) =>
      tf.image[op](given, size, corners, centres),
    );
  },
];
