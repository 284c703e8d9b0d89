import { describe, expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import { tensorflow } from '../../src/backends/tensorflow.js';

const fails = (message: string, code?: string) =>
  tensorflow(() => Promise.reject(Object.assign(new Error(message), { code })));

describe('the tensorflow backend', () => {
  it('is not there when tfjs-node is not installed', async () => {
    await expect(
      fails("Cannot find package '@tensorflow/tfjs-node'", 'ERR_MODULE_NOT_FOUND').start(),
    ).rejects.toMatchObject({
      message: '@tensorflow/tfjs-node is not installed',
      remedy: `npm install @tensorflow/tfjs-node@${tf.version.tfjs}`,
    });
  });

  it('is not there when the binary of tfjs-node could not be fetched', async () => {
    const message = 'The Node.js native addon module (tfjs_binding.node) can not be found at path: …';
    await expect(fails(message).start()).rejects.toMatchObject({
      message: '@tensorflow/tfjs-node is installed without its binary',
      remedy: expect.stringMatching(/--build-addon-from-source/),
    });
  });

  it('is not there when tfjs-node fails in another way, which is named', async () => {
    const error = new TypeError('util_1.isNullOrUndefined is not a function');
    await expect(tensorflow(() => Promise.reject(error)).start()).rejects.toMatchObject({
      message: '@tensorflow/tfjs-node does not load: util_1.isNullOrUndefined is not a function',
      cause: error,
    });
  });

  it('is not there when tfjs-node registers with another copy of TensorFlow.js', async () => {
    await expect(tensorflow(async () => {}).start()).rejects.toMatchObject({
      message: expect.stringMatching(/second copy of @tensorflow\/tfjs/),
    });
  });

  it('is in use once tfjs-node has registered it', async () => {
    const load = async () => void tf.registerBackend('tensorflow', () => tf.findBackend('cpu'));
    expect(await tensorflow(load).start()).toEqual({
      description: "TensorFlow's library, through @tensorflow/tfjs-node",
    });
    expect(tf.getBackend()).toBe('tensorflow');
  });
});
