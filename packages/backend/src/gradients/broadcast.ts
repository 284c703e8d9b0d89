import * as tf from '@tensorflow/tfjs';

/** Adds up what flowed to the copies that broadcasting made of a value. */
export function unbroadcast(gradient: tf.Tensor, shape: number[]): tf.Tensor {
  const axes = tf.broadcast_util.getReductionAxes(shape, gradient.shape);
  return (axes.length > 0 ? tf.sum(gradient, axes) : gradient).reshape(shape);
}

type Derivative = (dy: tf.Tensor, a: tf.Tensor, b: tf.Tensor, y: tf.Tensor) => tf.Tensor;

/** An operation of two inputs that broadcast, with its two derivatives times dy. */
const binary = (kernelName: string, byA: Derivative, byB: Derivative, names = ['a', 'b']): tf.GradConfig => ({
  kernelName,
  inputsToSave: names,
  outputsToSave: [true],
  gradFunc: (dy, [a, b, y]) => ({
    [names[0]!]: () => unbroadcast(byA(dy as tf.Tensor, a!, b!, y!), a!.shape),
    [names[1]!]: () => unbroadcast(byB(dy as tf.Tensor, a!, b!, y!), b!.shape),
  }),
});

/** dy where the mask holds, else zero. */
const only = (mask: tf.Tensor, dy: tf.Tensor): tf.Tensor => tf.mul(dy, tf.cast(mask, 'float32'));

const maximum = binary(
  'Maximum',
  (dy, a, b) => only(tf.greaterEqual(a, b), dy),
  (dy, a, b) => only(tf.less(a, b), dy),
);

const minimum = binary(
  'Minimum',
  (dy, a, b) => only(tf.lessEqual(a, b), dy),
  (dy, a, b) => only(tf.greater(a, b), dy),
);

const squaredDifference = binary(
  'SquaredDifference',
  (dy, a, b) => tf.mul(dy, tf.mul(2, tf.sub(a, b))),
  (dy, a, b) => tf.mul(dy, tf.mul(2, tf.sub(b, a))),
);

/** A floor is flat; the stock gradient is that of a / b. */
const floorDiv = binary(
  'FloorDiv',
  (dy) => tf.zerosLike(dy),
  (dy) => tf.zerosLike(dy),
);

/** b·a^(b−1), which is 0 where b is 0, and a^b·ln a, which is 0 where a is 0; not a number for a negative a. */
const power = binary(
  'Pow',
  (dy, a, b) => {
    const flat = tf.equal(b, 0);
    const exponent = tf.where(flat, tf.onesLike(b), b).cast('float32');
    return tf.mul(dy, tf.where(flat, tf.zerosLike(exponent), exponent).mul(tf.pow(a.cast('float32'), exponent.sub(1)))); // prettier-ignore
  },
  (dy, a, _b, y) => {
    const base = a.cast('float32');
    const logarithm = tf.log(tf.where(tf.greater(base, 0), base, tf.onesLike(base)));
    return tf.mul(dy, tf.mul(y, logarithm));
  },
);

const prelu = binary(
  'Prelu',
  (dy, x, alpha) => tf.mul(dy, tf.add(only(tf.greater(x, 0), tf.onesLike(x)), only(tf.lessEqual(x, 0), tf.onesLike(x)).mul(alpha))), // prettier-ignore
  (dy, x) => tf.mul(dy, tf.minimum(x, 0)),
  ['x', 'alpha'],
);

export const broadcasting = [maximum, minimum, squaredDifference, floorDiv, power, prelu];
