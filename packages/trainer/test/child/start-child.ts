import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

import type { ChildOptions, ChildResult } from './train.js';

/** A running child, and how it ends. */
export interface Child {
  kill(signal: NodeJS.Signals): void;
  /** When it has written that line so many times, or has ended. */
  says(line: string, times?: number): Promise<void>;
  ended: Promise<{
    code: number | null;
    signal: NodeJS.Signals | null;
    result?: ChildResult;
    errors: string;
  }>;
}

/** A folder of its own below the system's temporary one, and what starts `train.ts` in a process of its own. */
export async function childProcesses() {
  const home = mkdtempSync(join(tmpdir(), 'ae-trainer-'));
  const script = join(home, 'train.cjs');
  await build({
    entryPoints: [fileURLToPath(new URL('train.ts', import.meta.url))],
    outfile: script,
    bundle: true,
    minifySyntax: true,
    platform: 'node',
    format: 'cjs',
    conditions: ['@ae/source'],
    logLevel: 'error',
  });
  return {
    newFolder: () => mkdtempSync(join(home, 'run-')),
    remove: () => rmSync(home, { recursive: true, force: true }),
    start: (options: ChildOptions): Child => start(script, options),
  };
}

function start(script: string, options: ChildOptions): Child {
  const child = spawn(process.execPath, [script, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  const listeners = new Set<() => void>();
  child.stdout.on('data', (chunk) => {
    output += String(chunk);
    listeners.forEach((listener) => listener());
  });
  child.stderr.on('data', (chunk) => (errors += String(chunk)));
  const ended: Child['ended'] = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      const json = output.split('\n').find((line) => line.startsWith('{'));
      resolve({ code, signal, errors, ...(json && { result: JSON.parse(json) as ChildResult }) });
    });
  });
  return {
    kill: (signal) => void child.kill(signal),
    says: (line, times = 1) =>
      new Promise((resolve) => {
        const listener = () => output.split(`${line}\n`).length > times && resolve();
        listeners.add(listener);
        void ended.then(() => resolve());
        listener();
      }),
    ended,
  };
}
