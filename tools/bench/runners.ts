import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

import { openblasCoreType } from './machine.js';
import { startRunner, type Runner, type RunnerCommand } from './runner.js';

/** Every program that is to be compared, and why the others are not here. */
export async function startRunners(): Promise<{ runners: Runner[]; missing: string[] }> {
  const all = [...new Set([1, availableParallelism()])];
  const commands = [
    ...all.map((threads) => onBackend('native', threads)),
    ...['tensorflow', 'wasm', 'cpu'].map((backend) => onBackend(backend, 1)),
    ...all.map(inPyTorch),
  ];
  const runners: Runner[] = [];
  const missing = new Map<string, string>();
  for (const alternatives of commands) {
    const runner = await startFirst(alternatives);
    if ('missing' in runner) missing.set(alternatives[0]!.backend, runner.missing);
    else runners.push(runner);
  }
  return { runners, missing: [...missing].map(([backend, reason]) => `${backend}: ${reason}`) };
}

/** Starts the program again after it was given up. */
export async function restart({ backend, threads, close }: Runner): Promise<Runner> {
  close();
  const runner = await startFirst(backend === 'pytorch' ? inPyTorch(threads) : onBackend(backend, threads));
  if ('missing' in runner) throw new Error(`Cannot start ${backend} again: ${runner.missing}`);
  return runner;
}

async function startFirst(alternatives: RunnerCommand[]) {
  let runner;
  for (const command of alternatives) {
    runner = await startRunner(command);
    if (!('missing' in runner)) break;
  }
  return runner!;
}

const fileHere = (name: string) => fileURLToPath(new URL(name, import.meta.url));

function onBackend(backend: string, threads: number): RunnerCommand[] {
  const options = ['--disable-warning=ExperimentalWarning', '--conditions=@ae/source', '--import', 'tsx'];
  const args = [...options, fileHere('train.ts'), backend];
  return [{ backend, threads, command: process.execPath, args, env: { AE_THREADS: String(threads) } }];
}

/** With the first Python that has PyTorch: the one in use, or the system's, whose package it may be. */
function inPyTorch(threads: number): RunnerCommand[] {
  const coreType = openblasCoreType();
  const env = {
    ...{ OMP_NUM_THREADS: String(threads), OPENBLAS_NUM_THREADS: String(threads) },
    ...(coreType && { OPENBLAS_CORETYPE: coreType }),
  };
  const args = [fileHere('torch_steps.py'), String(threads)];
  return ['python3', '/usr/bin/python3'].map((command) => ({
    backend: 'pytorch',
    threads,
    command,
    args,
    env,
  }));
}
