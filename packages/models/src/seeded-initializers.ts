import * as tf from '@tensorflow/tfjs';

import { normalQuantile } from './normal-quantile.js';
import { orthogonal } from './orthogonal.js';
import type { RandomStream } from './random.js';

/**
 * Builds layers of any kind whose random initializers all draw from `random`, in the order in which the layers are
 * built. TensorFlow.js's own draws have no common stream, ignore seed 0 and differ between backends; this way a model
 * is written with ordinary layers and is reproducible all the same.
 * @throws RangeError for a weight that no memory holds
 */
export function withSeededInitializers<T>(random: RandomStream, build: () => T): T {
  let total = 0;
  const restore = drawingClasses().map(({ prototype, draw }) => {
    const unseeded = prototype.apply;
    prototype.apply = function (this: Initializer, shape: number[]) {
      checkShape(shape);
      total += tf.util.sizeFromShape(shape);
      checkTotal(total, shape);
      const values = draw(this.getConfig(), shape, probabilities(random, shape));
      return tf.tensor(Float32Array.from(values), shape, 'float32');
    };
    return () => {
      prototype.apply = unseeded;
    };
  });
  try {
    return build();
  } finally {
    restore.forEach((undo) => undo());
  }
}

/** 1 GB of weights, and four times as much while Adam trains them. */
const MOST_WEIGHTS = 2 ** 28;

function checkShape(shape: number[]): void {
  if (shape.some((side) => !Number.isSafeInteger(side) || side < 1))
    throw new RangeError(`found a weight of shape [${shape}], expected sides that are whole numbers from 1`);
}

function checkTotal(total: number, shape: number[]): void {
  if (total > MOST_WEIGHTS)
    throw new RangeError(
      `found weights of ${gigabytes(total)} GB up to that of shape [${shape}], expected at most ${gigabytes(MOST_WEIGHTS)} GB; make the network smaller`,
    );
}

const gigabytes = (weights: number) => Number((weights * 4e-9).toPrecision(3));

interface Initializer {
  apply(shape: number[]): tf.Tensor;
  getConfig(): Record<string, number | string | null | undefined>;
}
/** The numbers of a weight, made of as many probabilities, none of which is 0 or 1. */
type Draw = (config: ReturnType<Initializer['getConfig']>, shape: number[], p: Float64Array) => Float64Array;

/** Every class of TensorFlow.js's that draws; glorot…, he… and leCun… are varianceScaling. */
function drawingClasses(): { prototype: Initializer; draw: Draw }[] {
  const { initializers } = tf;
  const drawing: [tf.serialization.Serializable, Draw][] = [
    [initializers.randomUniform({}), ({ minval, maxval }, _, p) => p.map(between(+minval!, +maxval!))],
    [initializers.randomNormal({}), ({ mean, stddev }, _, p) => p.map(normal(+mean!, +stddev!))],
    [initializers.truncatedNormal({}), ({ mean, stddev }, _, p) => p.map(truncatedNormal(+mean!, +stddev!))],
    [initializers.varianceScaling({} as never), scaledByFan],
    [
      initializers.orthogonal({} as never),
      ({ gain }, shape, p) => orthogonal(p.map(normal(0, 1)), shape).map((value) => +gain! * value),
    ],
  ];
  return drawing.map(([instance, draw]) => ({
    prototype: Object.getPrototypeOf(instance) as Initializer,
    draw,
  }));
}

const between = (low: number, high: number) => (p: number) => low + (high - low) * p;
const normal = (mean: number, stddev: number) => (p: number) => mean + stddev * normalQuantile(p);

/** A normal cut at two standard deviations, as Keras and TensorFlow.js cut it. */
function truncatedNormal(mean: number, stddev: number): (p: number) => number {
  const below = 0.022750131948179195; // Φ(-2)
  return (p) => mean + stddev * normalQuantile(below + (1 - 2 * below) * p);
}

const scaledByFan: Draw = ({ scale, mode, distribution }, shape, p) => {
  const variance = +scale! / fan(shape, String(mode));
  const limit = Math.sqrt(3 * variance);
  return p.map(distribution === 'uniform' ? between(-limit, limit) : truncatedNormal(0, Math.sqrt(variance)));
};

/** Glorot & Bengio's fan-in and fan-out for kernels `[..., in, out]`, as TensorFlow.js counts them. */
function fan(shape: number[], mode: string): number {
  const field = shape.slice(0, -2).reduce((size, side) => size * side, 1);
  const fanIn = field * (shape.at(-2) ?? 1);
  const fanOut = field * (shape.at(-1) ?? 1);
  const size = mode === 'fanIn' ? fanIn : mode === 'fanOut' ? fanOut : (fanIn + fanOut) / 2;
  return Math.max(1, size);
}

/** The middles of the 2^24 steps of a uniform. */
function probabilities(random: RandomStream, shape: number[]): Float64Array {
  const uniforms = tf.tidy(() => random.uniform(shape).dataSync());
  return Float64Array.from(uniforms).map((uniform) => uniform + 2 ** -25);
}
