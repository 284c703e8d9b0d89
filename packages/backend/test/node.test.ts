import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import { probeBackends, useBackend } from '../src/node.js';

describe('useBackend() in Node', () => {
  it.each(['wasm', 'cpu'])('uses %s when it is asked for by name', async (name) => {
    const choice = await useBackend(name);
    expect(choice).toMatchObject({ name, tried: [{ name, works: true }] });
    expect(choice.why).toMatch(/^asked for by name: /);
    expect(tf.getBackend()).toBe(name);
  });

  it('takes by itself the first of native, tensorflow, wasm and cpu that works', async () => {
    const { name, why, tried } = await useBackend();
    const order = ['native', 'tensorflow', 'wasm', 'cpu'];
    expect(tried.map((status) => status.name)).toEqual(order.slice(0, tried.length));
    expect(tried.map((status) => status.works)).toEqual(tried.map((status) => status.name === name));
    expect(why).toMatch(/^the fastest that works here: /);
  });

  it('refuses a name of the browser', async () => {
    await expect(useBackend('webgl')).rejects.toThrow(
      'Cannot use backend "webgl": found no such name, expected one of auto, native, tensorflow, wasm, cpu',
    );
  });

  it('leaves it to the program what happens to errors that nobody catches', () => {
    const program = `
      import { useBackend } from '@ae/backend/node';
      await useBackend('wasm');
      throw new Error('mine');`;
    const { status, stderr } = run(program);
    expect(status).toBe(1);
    expect(stderr).toMatch(/Error: mine/);
    expect(stderr.length).toBeLessThan(1000);
  });

  it('writes nothing to the console, in a process that had not used TensorFlow.js before', () => {
    const program = `
      import { useBackend } from '@ae/backend/node';
      import * as tf from '@tensorflow/tfjs';
      for (const name of ['wasm', 'cpu']) { await useBackend(name); tf.ones([2]).square().dataSync(); }`;
    expect(run(program)).toEqual({ status: 0, stdout: '', stderr: '' });
  });
});

describe('probeBackends() in Node', () => {
  it('says of each backend what it is, or why it does not work and what to do', async () => {
    const found = await probeBackends();
    expect(found.map(({ name }) => name)).toEqual(['native', 'tensorflow', 'wasm', 'cpu']);
    expect(found.slice(2)).toEqual([
      { name: 'wasm', works: true, reason: 'WebAssembly with SIMD, one thread' },
      { name: 'cpu', works: true, reason: 'plain JavaScript, slow' },
    ]);
    for (const { works, reason, remedy } of found) {
      expect(reason).not.toBe('');
      expect(remedy === undefined).toBe(works);
    }
  });
});

function run(program: string) {
  const options = ['--conditions=@ae/source', '--import', 'tsx', '--input-type=module', '--eval', program];
  const cwd = fileURLToPath(new URL('../', import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, options, { cwd, encoding: 'utf8' });
  return { status, stdout, stderr };
}
