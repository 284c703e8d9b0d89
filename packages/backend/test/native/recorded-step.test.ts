import { describe, expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import type { NativeBackend, StepReplay } from '../../src/native/types.js';
import { describeNative, useNative } from './agreement.js';
import { numbers } from './numbers.js';

/** Two dense layers and Adam, written out, with everything that changes as an input, a variable or noise. */
async function toy(seed = 1) {
  const backend = await useNative();
  const shapes = [[6, 5], [5], [5, 6], [6]];
  const weights = shapes.map((shape, i) =>
    tf.tidy(() => tf.variable(tf.tensor(numbers(tf.util.sizeFromShape(shape), seed + i), shape))),
  );
  const moments = weights.map((weight) =>
    tf.tidy(
      () => [tf.variable(tf.zerosLike(weight), false), tf.variable(tf.zerosLike(weight), false)] as const,
    ),
  );
  const hyper = (step: number) => Float32Array.of(1e-2 / step, 0.9, 0.1, 0.999, 1e-3, 1, 1e-8);
  const batch = (step: number) => Uint8Array.from(numbers(24, step), (x) => Math.abs(x) * 127);

  function gradientStep(x: tf.Tensor, hyperTensor: tf.Tensor, counter: number): Record<string, tf.Scalar> {
    let loss!: tf.Scalar;
    tf.tidy(() => {
      const { value, grads } = tf.variableGrads(() => {
        const noise = tf.engine().runKernel('PhiloxRandom', {}, {
          distribution: 'normal',
          shape: [4, 5],
          seed: 7,
          counter,
        } as never);
        const hidden = tf.add(
          tf.relu(tf.add(tf.matMul(x as tf.Tensor2D, weights[0]!), weights[1]!)),
          noise as tf.Tensor,
        );
        const output = tf.sigmoid(tf.add(tf.matMul(hidden as tf.Tensor2D, weights[2]!), weights[3]!));
        return tf.mean(tf.squaredDifference(output, x)) as tf.Scalar;
      }, weights);
      loss = tf.keep(value);
      weights.forEach((variable, i) =>
        tf.engine().runKernel('UpdateAdam', {
          variable,
          gradient: grads[variable.name]!,
          moment1: moments[i]![0],
          moment2: moments[i]![1],
          hyper: hyperTensor,
        }),
      );
    });
    return { loss };
  }

  const tensorsOf = (step: number) => ({
    x: tf.tensor(
      Float32Array.from(batch(step), (byte) => byte / 255),
      [4, 6],
    ),
    hyper: tf.tensor1d(hyper(step)),
  });
  return {
    backend,
    weights,
    /** Runs a step in the ordinary way; its loss. */
    ordinary(step: number): number {
      const { x, hyper } = tensorsOf(step);
      const { loss } = gradientStep(x, hyper, 5 * step);
      const value = loss!.dataSync()[0]!;
      tf.dispose([x, hyper, loss!]);
      return value;
    },
    record(
      step: number,
      around: (run: () => Record<string, tf.Scalar>) => Record<string, tf.Scalar> = (run) => run(),
    ) {
      const { x, hyper } = tensorsOf(step);
      let scalars: Record<string, tf.Scalar> = {};
      const result = backend.recordStep(
        { x, hyper },
        5 * step,
        () => (scalars = around(() => gradientStep(x, hyper, 5 * step))),
      );
      tf.dispose([x, hyper, scalars]);
      return result;
    },
    replay: (replay: StepReplay, step: number) =>
      replay.run({ x: batch(step), hyper: hyper(step) }, 5 * step).loss!,
    bits: () => weights.map((weight) => Array.from(new Uint32Array(weight.dataSync().slice().buffer))),
    dispose: () => tf.dispose([weights, moments.flat()]),
  };
}

describeNative('a recorded step', () => {
  it('gives the losses and the weights of the ordinary path, bit for bit', async () => {
    const a = await toy();
    const losses = Array.from({ length: 20 }, (_, step) => a.ordinary(step + 1));
    const bits = a.bits();
    a.dispose();

    const b = await toy();
    const { outputs, replay, reason } = b.record(1);
    expect(reason).toBeUndefined();
    const replayed = Array.from({ length: 19 }, (_, step) => b.replay(replay!, step + 2));
    expect([outputs.loss, ...replayed]).toEqual(losses);
    expect(b.bits()).toEqual(bits);
    replay!.dispose();
    b.dispose();
  });

  it('may be mixed with ordinary steps, and sees weights that were assigned in between', async () => {
    const [a, b] = [await toy(), await toy()];
    const { replay } = b.record(1);
    a.ordinary(1);
    for (let step = 2; step < 8; step++) {
      if (step === 4)
        for (const { weights } of [a, b]) tf.tidy(() => weights[0]!.assign(tf.fill([6, 5], 0.25)));
      const expected = a.ordinary(step);
      expect(step % 2 ? b.ordinary(step) : b.replay(replay!, step)).toBe(expected);
    }
    expect(b.bits()).toEqual(a.bits());
    replay!.dispose();
    a.dispose();
    b.dispose();
  });

  it('leaves alone what was read from the weights, and copies of them', async () => {
    const { record, replay, weights, dispose } = await toy();
    const { replay: recorded } = record(1);
    const copy = weights[0]!.clone();
    const read = weights[0]!.dataSync();
    const before = [...read];
    replay(recorded!, 2);
    expect([...read]).toEqual(before);
    expect([...copy.dataSync()]).toEqual(before);
    expect([...weights[0]!.dataSync()]).not.toEqual(before);
    recorded!.dispose();
    copy.dispose();
    dispose();
  });

  it('gives a variable that the step assigns its new value', async () => {
    const backend = await useNative();
    const mean = tf.tidy(() => tf.variable(tf.tensor1d([0, 0]), false));
    const x = tf.tensor1d([1, 2]);
    const { replay } = backend.recordStep({ x }, 0, () => {
      tf.tidy(() => mean.assign(tf.add(tf.mul(mean, 0.5), x)));
      return {};
    });
    replay!.run({ x: Float32Array.of(3, 4) }, 0);
    expect([...mean.dataSync()]).toEqual([3.5, 5]);
    replay!.dispose();
    tf.dispose([mean, x]);
  });

  it('reads bytes as value/255 for a float32 input and as they are for an int32 one', async () => {
    const backend = await useNative();
    const inputs = { pixels: tf.tensor1d([0, 0]), labels: tf.tensor1d([0, 0], 'int32') };
    const sums = () => ({
      pixels: tf.tidy(() => tf.sum<tf.Scalar>(inputs.pixels)),
      labels: tf.tidy(() => tf.sum<tf.Scalar>(inputs.labels.cast('float32'))),
    });
    let scalars = {};
    const { replay } = backend.recordStep(inputs, 0, () => (scalars = sums()));
    expect(replay!.run({ pixels: Uint8Array.of(51, 255), labels: Uint8Array.of(3, 4) }, 0)).toEqual({
      pixels: Math.fround(1 + Math.fround(51 / 255)),
      labels: 7,
    });
    replay!.dispose();
    tf.dispose([inputs, scalars]);
  });

  it('refuses inputs that are missing, unknown or of another length, and to run when disposed of', async () => {
    const { record, dispose } = await toy();
    const { replay } = record(1);
    const x = new Uint8Array(24);
    const hyper = new Float32Array(7);
    expect(() => replay!.run({ x }, 0)).toThrow('Cannot run a recorded step: input "hyper" is missing');
    expect(() => replay!.run({ x, hyper, y: x }, 0)).toThrow('unknown input "y", expected x, hyper');
    expect(() => replay!.run({ x: x.subarray(1), hyper }, 0)).toThrow(
      'input "x" has 23 elements, expected 24',
    );
    replay!.dispose();
    expect(() => replay!.run({ x, hyper }, 0)).toThrow('it was disposed of');
    dispose();
  });
});

describeNative('a step has no replay where', () => {
  const made: tf.Tensor[] = [];
  const keep = <T extends tf.Tensor>(tensor: T): T => {
    made.push(tensor);
    return tensor;
  };
  const reasonFor = (backend: NativeBackend, step: (x: tf.Tensor1D) => tf.Scalar): string | undefined => {
    const x = keep(tf.tensor1d([1, 2, 3]));
    const { reason } = backend.recordStep({ x }, 0, () => ({ out: keep(tf.tidy(() => step(x))) }));
    tf.dispose(made.splice(0));
    return reason;
  };

  it('it reads a value back', async () => {
    expect(reasonFor(await useNative(), (x) => tf.scalar(x.sum().dataSync()[0]!))).toBe(
      'the step reads a value back into JavaScript',
    );
  });

  it('a kernel runs in JavaScript', async () => {
    expect(reasonFor(await useNative(), (x) => tf.sum(tf.cumsum(x)))).toBe('Cumsum runs in JavaScript');
  });

  it('it makes a tensor of text', async () => {
    const withText = (x: tf.Tensor1D) => {
      tf.tensor1d(['text']);
      return tf.sum<tf.Scalar>(x);
    };
    expect(reasonFor(await useNative(), withText)).toBe('it makes a tensor of text or complex numbers');
  });

  it('it makes a variable or leaves a tensor behind', async () => {
    const backend = await useNative();
    expect(reasonFor(backend, (x) => tf.sum(keep(tf.variable(x))))).toBe(
      'it leaves tensors or new variables behind',
    );
    expect(reasonFor(backend, (x) => tf.sum(keep(tf.keep(tf.neg(x)))))).toBe(
      'it leaves tensors or new variables behind',
    );
  });

  it('noise comes from another stream, or some of it was drawn in JavaScript', async () => {
    const draw = (counter: number, seed = 7) =>
      tf.sum(
        tf.engine().runKernel('PhiloxRandom', {}, {
          distribution: 'uniform',
          shape: [4],
          seed,
          counter,
        } as never) as tf.Tensor,
      );
    const backend = await useNative();
    expect(reasonFor(backend, () => tf.add(draw(0), draw(1)))).toBeUndefined();
    expect(reasonFor(backend, () => tf.add(draw(0), draw(2)))).toMatch(/noise/);
    expect(reasonFor(backend, () => tf.add(draw(0), draw(1, 8)))).toMatch(/noise/);
  });

  it('its result is no scalar', async () => {
    expect(reasonFor(await useNative(), (x) => tf.neg(x) as unknown as tf.Scalar)).toBe(
      'its result "out" is no float32 scalar',
    );
  });
});

describe('recordings', () => {
  it('belong to native alone', () => {
    expect(tf.findBackendFactory('cpu')()).not.toHaveProperty('recordStep');
  });
});
