import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import type { Place } from './place.js';

const script = fileURLToPath(new URL('many-commands.mjs', import.meta.url));

/** What one of many commands came to. */
export interface Answer {
  code: number | string;
  stderr: string;
  seconds: number;
  /** Resident memory of the process that runs them all. */
  megabytes: number;
}

/** A process that runs one command of `ae` after the other, some milliseconds each. */
export function manyCommands({ folder }: Place) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, XDG_CACHE_HOME: `${folder}/cache` },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async run(...args: string[]): Promise<Answer> {
      child.stdin.write(`${JSON.stringify({ args })}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`The process that runs ae ended at: ae ${args.join(' ')}`);
      return JSON.parse(value as string) as Answer;
    },
    end: () => void child.kill('SIGKILL'),
  };
}
