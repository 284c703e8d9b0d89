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

describe('calls of useBackend() that do not wait for each other', () => {
  const names = ['cpu', 'wasm', 'native', 'auto', 'unknown'];
  /** Each as a settled promise, with the backend that is in use once the last has ended. */
  const PROGRAM = `
    import { probeBackends, useBackend } from '@ae/backend/node';
    import * as tf from '@tensorflow/tfjs';
    const found = [];
    for (const names of JSON.parse(process.env.CALLS)) {
      const calls = names.map((name) => (name === 'probe' ? probeBackends() : useBackend(name)));
      const settled = await Promise.allSettled(calls);
      found.push({ settled: settled.map(({ value, reason }) => value?.name ?? reason?.message ?? 'probed'), inUse: tf.getBackend() });
    }
    console.log(JSON.stringify(found));`;
  const together = (calls: string[][]) => {
    const { stdout, stderr } = run(PROGRAM, { CALLS: JSON.stringify(calls) });
    expect(stderr).toBe('');
    return JSON.parse(stdout) as { settled: string[]; inUse?: string }[];
  };
  const nativeWorks = useBackend('native').then(
    () => true,
    () => false,
  );
  /** What a call of this name has to end with. */
  const endsWith = async (name: string) => {
    if (name === 'unknown') return expect.stringMatching(/^Cannot use backend "unknown": found no such name/);
    if (name === 'probe') return 'probed';
    if (await nativeWorks) return name === 'auto' ? 'native' : name;
    if (name === 'native') return expect.stringMatching(/^Cannot use backend native: /);
    return name === 'auto' ? expect.stringMatching(/^(tensorflow|wasm)$/) : name;
  };

  it('each give what they would alone, in every pair, and the backend in use is that of the last that has one', async () => {
    const pairs = names.flatMap((first) => names.map((second) => [first, second]));
    const found = together(pairs);
    let before: string | undefined;
    for (const [at, pair] of pairs.entries()) {
      const { settled, inUse } = found[at]!;
      expect(settled).toEqual(await Promise.all(pair.map(endsWith)));
      const reported = settled.filter((text) => !text.startsWith('Cannot'));
      before = reported.at(-1) ?? before;
      expect([pair, inUse]).toEqual([pair, before]);
    }
  }, 120_000);

  it.each(names)(
    'do so in a process in which nothing was in use, %s beside each',
    async (first) => {
      for (const second of ['wasm', first]) {
        const [found] = together([[first, second]]);
        expect(found!.settled).toEqual(await Promise.all([first, second].map(endsWith)));
        expect(found!.inUse).toBe(found!.settled.filter((text) => !text.startsWith('Cannot')).at(-1));
      }
    },
    120_000,
  );

  it('do so ten at a time, with failures and probes between them', async () => {
    const calls = ['wasm', 'unknown', 'probe', 'cpu', 'native', 'probe', 'wasm', 'auto', 'cpu', 'unknown'];
    const [found] = together([calls]);
    expect(found).toEqual({ settled: await Promise.all(calls.map(endsWith)), inUse: 'cpu' });
  }, 120_000);
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

function run(program: string, variables: Record<string, string> = {}) {
  const options = ['--conditions=@ae/source', '--import', 'tsx', '--input-type=module', '--eval', program];
  const cwd = fileURLToPath(new URL('../', import.meta.url));
  const env = { ...process.env, ...variables };
  const { status, stdout, stderr } = spawnSync(process.execPath, options, { cwd, env, encoding: 'utf8' });
  return { status, stdout, stderr };
}
