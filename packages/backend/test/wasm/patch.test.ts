import { beforeAll, describe, expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import { patchWasm } from '../../src/index.js';
import { usePatchedWasm } from '../agreement.js';

const product = () => tf.tidy(() => [...tf.matMul([[1, 2]], [[3, 4]], false, true).dataSync()]);

describe('patchWasm()', () => {
  it('refuses another backend', async () => {
    await tf.setBackend('cpu');
    await expect(patchWasm()).rejects.toThrow(
      'Cannot patch the wasm backend: found backend "cpu" in use, expected wasm',
    );
  });

  describe('once it is done', () => {
    beforeAll(usePatchedWasm);

    it('does nothing more', async () => {
      const { kernelFunc } = tf.getKernel('BatchMatMul', 'wasm');
      await patchWasm();
      expect(tf.getKernel('BatchMatMul', 'wasm').kernelFunc).toBe(kernelFunc);
    });

    it('holds for a wasm backend that is made anew', async () => {
      const factory = tf.findBackendFactory('wasm');
      tf.removeBackend('wasm');
      tf.registerBackend('wasm', factory);
      await tf.setBackend('wasm');
      expect(product()).toEqual([11]);
    });
  });
});
