import { expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import { describeNative, floats, useNative } from './agreement.js';

describeNative('tensors that cross between native and cpu', () => {
  it('are moved with their values, and none is left over', async () => {
    await useNative();
    const ours = floats([3, 5], 1);
    await tf.setBackend('cpu');
    const theirs = floats([3, 5], 2);
    const sums = [];
    for (const backend of ['cpu', 'native', 'cpu', 'native']) {
      await tf.setBackend(backend);
      sums.push(tf.tidy(() => [...tf.add(tf.matMul(ours, theirs, false, true), 1).dataSync()]));
    }
    expect(new Set(sums.map(String)).size).toBe(1);
    expect(tf.memory().numTensors).toBe(2);
    expect(tf.memory().numDataBuffers).toBe(2);
    tf.dispose([ours, theirs]);
    expect(tf.memory()).toMatchObject({ numTensors: 0, numDataBuffers: 0, numBytes: 0 });
  });

  it('keep their values when a view of them is disposed of or written over', async () => {
    await useNative();
    const whole = tf.tensor1d([1, 2, 3, 4]);
    const [view, part] = [tf.reshape(whole, [2, 2]), tf.slice(whole, 1, 2)];
    const read = await whole.data();
    whole.dispose();
    tf.dispose(Array.from({ length: 8 }, () => tf.fill([4], 9))); // takes memory that was given back
    expect([...view.dataSync(), ...part.dataSync(), ...read]).toEqual([1, 2, 3, 4, 2, 3, 1, 2, 3, 4]);
    tf.dispose([view, part]);
  });

  it('hold arrays that a program goes on changing at its own risk, as on the cpu backend', async () => {
    for (const backend of ['cpu', 'native']) {
      await tf.setBackend(backend);
      const array = Float32Array.of(1, 2, 3);
      const x = tf.tensor1d(array);
      array[0] = 7;
      expect(x.dataSync()[0]).toBe(7);
      x.dispose();
    }
  });
});
