import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import { loadAddon } from '../../src/native/addon.js';
import { useBackend } from '../../src/node.js';

const numbers = (tensor: tf.Tensor): number[] => {
  const found = [...tensor.dataSync()];
  tensor.dispose();
  return found;
};

const gradient = (f: (x: tf.Tensor) => tf.Tensor, shape: number[], dy?: number[]): number[] =>
  numbers(
    tf.tidy(() => {
      const y = f(tf.zeros(shape));
      return tf.grad(f)(tf.zeros(shape), dy ? tf.tensor(dy, y.shape) : tf.onesLike(y));
    }),
  );

const count = (length: number) => Array.from({ length }, (_, i) => i + 1);

for (const backend of ['native', 'wasm', 'cpu']) {
  const missing = backend === 'native' && !loadAddon().ok;
  (missing ? describe.skip : describe)(`on ${backend}${missing ? ' (skipped: not built)' : ''}`, () => {
    beforeEach(() => useBackend(backend));
    afterEach(() => expect(tf.memory().numTensors).toBe(0));

    it('nearest up-sampling gives every image of a batch its own gradient', () => {
      const up = (x: tf.Tensor) => tf.image.resizeNearestNeighbor(x as tf.Tensor4D, [4, 4]);
      expect(gradient(up, [2, 2, 2, 1], count(32))).toEqual([14, 22, 46, 54, 78, 86, 110, 118]);
    });

    it('nearest down-sampling gives the pixels that were taken what flows back, and the others nothing', () => {
      const down = (x: tf.Tensor) => tf.image.resizeNearestNeighbor(x as tf.Tensor4D, [1, 2]);
      expect(gradient(down, [2, 2, 4, 1], count(4))).toEqual([
        1, 0, 2, 0, 0, 0, 0, 0, 3, 0, 4, 0, 0, 0, 0, 0,
      ]);
    });

    it('a window of an average that reaches over the border shares its gradient among the pixels inside', () => {
      const pool = (x: tf.Tensor) => tf.avgPool(x as tf.Tensor4D, 2, 2, 'same');
      expect(gradient(pool, [1, 3, 3, 1])).toEqual([0.25, 0.25, 0.5, 0.25, 0.25, 0.5, 0.5, 0.5, 1]);
    });

    it('bilinear resizing of images that are not square has a gradient, with half-pixel centres too', () => {
      const resize = (halfPixels: boolean) => (x: tf.Tensor) =>
        tf.image.resizeBilinear(x as tf.Tensor4D, [1, 4], false, halfPixels);
      expect(gradient(resize(false), [2, 1, 2, 1], count(8))).toEqual([2, 8, 8, 18]);
      expect(gradient(resize(true), [2, 1, 2, 1], count(8))).toEqual([3.25, 6.75, 11.25, 14.75]);
    });

    it('what was mirrored into a border flows back to where it came from', () => {
      const pad = (mode: 'reflect' | 'symmetric') => (x: tf.Tensor) => tf.mirrorPad(x, [[0, 0], [2, 1]], mode); // prettier-ignore
      // columns c b | a b c | b and b a | a b c | c
      expect(gradient(pad('reflect'), [1, 3], count(6))).toEqual([3, 12, 6]);
      expect(gradient(pad('symmetric'), [1, 3], count(6))).toEqual([5, 5, 11]);
    });

    it('a dilated convolution has a gradient', () => {
      const image = (filter: tf.Tensor) =>
        tf.conv2d(tf.tensor4d(count(9), [1, 3, 3, 1]), filter as tf.Tensor4D, 1, 'valid', 'NHWC', 2);
      expect(gradient(image, [2, 2, 1, 1], [1])).toEqual([1, 3, 7, 9]);
    });
  });
}
