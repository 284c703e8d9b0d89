import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, it } from '@jest/globals';
import { buildSync } from 'esbuild';

import { describeNative } from './agreement.js';

const packageFolder = fileURLToPath(new URL('../../', import.meta.url));

const begin = `
  // Of a process or of one of its worker threads.
  import * as tf from '@tensorflow/tfjs';
  import { setFlagsFromString } from 'node:v8';
  import { runInNewContext } from 'node:vm';
  import { Worker, isMainThread, parentPort } from 'node:worker_threads';
  import { registerNative } from './src/native/index.ts';
  import { loadAddon } from './src/native/addon.ts';
  tf.enableProdMode();
  const registered = registerNative();
  if (registered.ok) await tf.setBackend('native');
  const product = () => tf.tidy(() => tf.matMul(tf.fill([300, 300], 0.5), tf.fill([300, 300], 2)).sum().dataSync()[0]);
`;

/** Runs a program in a process of its own, after `begin` unless it is given apart; what it prints. */
function run(program: string, environment: Record<string, string> = {}, main?: (program: string) => string) {
  const files = [writeProgram('program', begin + program)];
  if (main) files.unshift(writeProgram('main', main(files[0]!)));
  try {
    const { status, signal, stdout, stderr } = spawnSync(process.execPath, [files[0]!], {
      cwd: packageFolder,
      encoding: 'utf8',
      env: { ...process.env, ...environment },
      timeout: 120_000,
    });
    return { status, signal, stdout: stdout.trim(), stderr: stderr.trim() };
  } finally {
    for (const file of files) rmSync(file);
  }
}

/** As plain JavaScript, which worker threads can load, in the package's folder, where what it imports is found. */
function writeProgram(name: string, contents: string): string {
  const file = join(packageFolder, `.${name}-${process.pid}.mjs`);
  buildSync({
    stdin: { contents, resolveDir: packageFolder },
    outfile: file,
    ...{ bundle: true, packages: 'external', format: 'esm', platform: 'node', logLevel: 'error' },
  });
  return file;
}

const clean = (stdout: string) => ({ status: 0, signal: null, stdout, stderr: '' });

describeNative('a process with native', () => {
  it('may load the library again, and keeps what the first load did apart', () => {
    const program = `
      const again = loadAddon().addon;
      again.useInstructionSet('portable') || again.useInstructionSet('neon');
      console.log(product(), again.describe().instructionSet !== tf.backend().addon.describe().instructionSet || 'only one set');`;
    expect(run(program).stdout).toMatch(/^27000000 (true|only one set)$/);
  });

  it('may have it in worker threads alone, which end before the process does', () => {
    const main = (program: string) => `
      import { Worker } from 'node:worker_threads';
      for (let i = 0; i < 3; i++) {
        const worker = new Worker(${JSON.stringify(program)});
        console.log(await new Promise((done, failed) => worker.on('exit', done).on('error', failed)));
      }`;
    expect(run('console.log(product());', {}, main)).toEqual(clean('27000000\n0\n27000000\n0\n27000000\n0'));
  });

  it('may use it in worker threads, at the same time as in the main one', () => {
    const program = `
      if (isMainThread) {
        const workers = [1, 2].map(() => new Worker(new URL(import.meta.url)));
        const answers = workers.map((worker) => new Promise((done, failed) => worker.on('message', done).on('error', failed)));
        for (let i = 0; i < 20; i++) product();
        console.log(...await Promise.all(answers), product());
      } else {
        for (let i = 0; i < 20; i++) product();
        parentPort.postMessage(product());
      }`;
    expect(run(program)).toEqual(clean('27000000 27000000 27000000'));
  });

  it('ends cleanly while a worker thread is computing', () => {
    const program = `
      if (isMainThread) {
        const worker = new Worker(new URL(import.meta.url));
        await new Promise((done) => worker.on('message', done));
        process.exit(0);
      } else {
        parentPort.postMessage(product());
        for (;;) product();
      }`;
    expect(run(program)).toEqual(clean(''));
  });

  it('holds no more memory after many steps than after the first', () => {
    const program = `
      const weights = tf.tidy(() => tf.variable(tf.fill([128, 64], 0.01)));
      const memory = tf.tidy(() => tf.variable(tf.zerosLike(weights), false));
      const x = tf.fill([50, 128], 0.5);
      const hyper = tf.tensor1d([1e-3, 0.9]);
      const gradientStep = () => {
        let loss;
        tf.tidy(() => {
          const { value, grads } = tf.variableGrads(() => tf.sum(tf.relu(tf.matMul(x, weights))), [weights]);
          loss = tf.keep(value);
          tf.engine().runKernel('UpdateSgd', { variable: weights, gradient: grads[weights.name], velocity: memory, hyper });
        });
        return { loss };
      };
      const ordinary = () => tf.dispose(gradientStep());
      for (let i = 0; i < 500; i++) ordinary();
      let scalars;
      const { replay } = tf.backend().recordStep({ x, hyper }, 0, () => (scalars = gradientStep()));
      tf.dispose(scalars);
      const given = { x: new Uint8Array(6400), hyper: Float32Array.of(1e-3, 0.9) };
      for (let i = 0; i < 2000; i++) replay.run(given, 0);
      setFlagsFromString('--expose-gc');
      const gc = runInNewContext('gc');
      // A leak of a kilobyte a step would be 20 MB; what the heap of JavaScript keeps in reserve is less.
      const measure = () => (gc(), gc(), process.memoryUsage().rss);
      const [before, idle, tensors] = [measure(), tf.backend().memory_.idleBytes(), tf.memory().numTensors];
      for (let i = 0; i < 300; i++) ordinary();
      for (let i = 0; i < 20000; i++) replay.run(given, 0);
      console.log(tf.backend().memory_.idleBytes() - idle, tf.memory().numTensors - tensors, Math.max(0, measure() - before) < 24e6);`;
    expect(run(program)).toEqual(clean('0 0 true'));
  });

  it('takes AE_THREADS and AE_SIMD, and says what is wrong with them', () => {
    const describe = (environment: Record<string, string>) =>
      JSON.parse(run('console.log(JSON.stringify(registered));', environment).stdout) as object;
    expect(describe({ AE_THREADS: '1' })).toMatchObject({
      ok: true,
      description: expect.stringMatching(/, 1 thread$/),
    });
    expect(describe({ AE_THREADS: 'two' })).toEqual({
      ok: false,
      reason: 'AE_THREADS is "two"',
      remedy: 'set AE_THREADS to a whole number from 1 to 1024',
    });
    expect(describe({ AE_SIMD: 'mmx' })).toMatchObject({ ok: false, reason: 'AE_SIMD is "mmx"' });
  });
});
