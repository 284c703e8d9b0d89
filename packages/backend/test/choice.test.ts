import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import { activate, type Candidate, Unavailable } from '../src/candidate.js';
import { choose, probe } from '../src/choice.js';

const works: Candidate = {
  name: 'cpu',
  remedy: 'none needed',
  start: async () => {
    await activate('cpu');
    return { description: 'plain JavaScript' };
  },
};
const fails = (name: string, error: Error): Candidate => ({
  name,
  remedy: `install ${name}`,
  start: () => Promise.reject(error),
});
const missing = fails('gpu', new Error('no driver\nat some line'));
const refused = fails('native', new Unavailable('no compiler', 'install a compiler'));

describe('choose()', () => {
  it('takes the first that works, and says what was tried before it and why it was not taken', async () => {
    expect(await choose([missing, refused, works, fails('never', new Error('not reached'))], 'auto')).toEqual(
      {
        name: 'cpu',
        why: 'the fastest that works here: plain JavaScript',
        tried: [
          { name: 'gpu', works: false, reason: 'no driver', remedy: 'install gpu' },
          { name: 'native', works: false, reason: 'no compiler', remedy: 'install a compiler' },
          { name: 'cpu', works: true, reason: 'plain JavaScript' },
        ],
      },
    );
    expect(tf.getBackend()).toBe('cpu');
  });

  it('goes past one that works but is slow here, unless it is asked for by name', async () => {
    const slow = {
      ...works,
      start: () => works.start().then(({ description }) => ({ description, slow: true })),
    };
    expect((await choose([slow, works], 'auto')).tried).toHaveLength(2);
    expect((await choose([slow], 'cpu')).name).toBe('cpu');
  });

  it('never falls back from a name that was asked for, and keeps the backend in use', async () => {
    await tf.setBackend('cpu');
    await expect(choose([missing, works], 'gpu')).rejects.toThrow(
      'Cannot use backend gpu: found gpu not to work: no driver; remedy: install gpu',
    );
    expect(tf.getBackend()).toBe('cpu');
  });

  it('keeps the backend in use where one fails after it was put into use', async () => {
    await tf.setBackend('cpu');
    tf.registerBackend('late', () => tf.findBackend('cpu'));
    const late: Candidate = {
      name: 'late',
      remedy: 'none',
      start: () => activate('late').then(() => Promise.reject(new Error('too late'))),
    };
    await expect(choose([late], 'late')).rejects.toThrow('found late not to work: too late');
    expect(tf.getBackend()).toBe('cpu');
  });

  it('refuses an unknown name, naming the known ones', async () => {
    await expect(choose([missing, works], 'tpu')).rejects.toThrow(
      new TypeError('Cannot use backend "tpu": found no such name, expected one of auto, gpu, cpu'),
    );
  });

  it('does not take a backend that computes something else', async () => {
    const kernel = tf.getKernel('Conv2DBackpropFilter', 'cpu');
    tf.registerBackend('wrong', () => tf.findBackend('cpu'));
    for (const { kernelName, kernelFunc } of tf.getKernelsForBackend('cpu'))
      tf.registerKernel({ kernelName, backendName: 'wrong', kernelFunc });
    tf.unregisterKernel('Conv2DBackpropFilter', 'wrong');
    tf.registerKernel({
      kernelName: 'Conv2DBackpropFilter',
      backendName: 'wrong',
      kernelFunc: (args) => kernel.kernelFunc({ ...args, inputs: { ...args.inputs, x: args.inputs['dy']! } }),
    });
    const wrong: Candidate = {
      name: 'wrong',
      remedy: 'none',
      start: () => activate('wrong').then(() => ({ description: 'wrong' })),
    };
    const { tried } = await choose([wrong, works], 'auto');
    expect(tried[0]).toMatchObject({ name: 'wrong', works: false });
  });

  it('says why a backend did not start, which TensorFlow.js does not', async () => {
    tf.registerBackend('broken', () => Promise.reject(new Error('the file is not there')));
    const broken: Candidate = {
      name: 'broken',
      remedy: 'put it there',
      start: () => activate('broken').then(() => ({ description: '' })),
    };
    await expect(choose([broken], 'broken')).rejects.toThrow('the file is not there; remedy: put it there');
  });
});

describe('the notice', () => {
  const notThere = fails('wasm', new Error('found status 404 at https://here/kernels.wasm'));
  const warnings: string[] = [];
  const { warn } = console;
  beforeEach(() => {
    console.warn = (text: string) => void warnings.push(text);
  });
  afterEach(() => {
    console.warn = warn;
    warnings.length = 0;
  });

  it('says once, with the remedy, that plain JavaScript computes because wasm does not work', async () => {
    const text =
      'Computing in plain JavaScript, at least twenty times slower than WebAssembly: found wasm not to work: found status 404 at https://here/kernels.wasm; remedy: install wasm';
    expect((await choose([missing, notThere, works], 'auto')).notice).toBe(text);
    expect((await choose([missing, notThere, works], 'auto')).notice).toBe(text);
    expect(warnings).toEqual([text]);
  });

  it('is not given where plain JavaScript is asked for, nor where it is no loss', async () => {
    expect(await choose([notThere, works], 'cpu')).not.toHaveProperty('notice');
    expect(await choose([missing, works], 'auto')).not.toHaveProperty('notice');
    expect(warnings).toEqual([]);
  });
});

describe('probe()', () => {
  it('tries every candidate and leaves the backend in use as it was', async () => {
    await tf.setBackend('cpu');
    expect(await probe([missing, works])).toEqual([
      { name: 'gpu', works: false, reason: 'no driver', remedy: 'install gpu' },
      { name: 'cpu', works: true, reason: 'plain JavaScript' },
    ]);
    expect(tf.getBackend()).toBe('cpu');
  });

  it('leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    await probe([works]);
    expect(tf.memory().numTensors).toBe(before);
  });
});
