import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';

import type { Case } from './cases.js';

/** A program that trains models, in a process of its own, kept between measurements so that these can take turns. */
export interface Runner {
  backend: string;
  threads: number;
  /** What the program says of itself. */
  description: string;
  /** The library that multiplies in Python. */
  blas?: string;
  /** Asks for something and waits for the answer; undefined where that takes longer than `limit` seconds. */
  ask<Answer>(question: Question, limit: number): Promise<Answer | undefined>;
  close(): void;
}

export type Question =
  | ({ do: 'prepare' } & Case)
  | { do: 'measure'; seconds: number }
  | { do: 'explain' }
  | { do: 'product'; sides: number[]; seconds: number };

export interface RunnerCommand {
  backend: string;
  threads: number;
  command: string;
  args: string[];
  env: Record<string, string>;
}

/** Starts a program that answers one line of JSON with another; its first line describes it, or says what is missing. */
export async function startRunner({
  backend,
  threads,
  command,
  args,
  env,
}: RunnerCommand): Promise<Runner | { missing: string }> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const errors: string[] = [];
  child.stderr.on('data', (data: Buffer) => errors.push(String(data)));
  child.stdin.on('error', () => {}); // of a child that has ended, which the next answer tells
  const next = async () => {
    const { value, done } = (await lines.next()) as IteratorResult<string>;
    if (done) throw new Error(`Cannot measure ${backend}: the program ended: ${errors.join('').trim()}`);
    return JSON.parse(value) as Record<string, unknown>;
  };
  let hello;
  try {
    hello = await Promise.race([next(), failure(child)]);
  } catch (error) {
    return { missing: (error as Error).message.split('\n').at(-1)! };
  }
  if (hello.missing) return { missing: String(hello.missing) };
  return {
    ...{ backend, threads, description: String(hello.description) },
    ...(typeof hello.blas === 'string' && { blas: hello.blas }),
    async ask<Answer>(question: Question, limit: number) {
      child.stdin.write(`${JSON.stringify(question)}\n`);
      const late = wait(limit * 1000, undefined, { ref: false });
      const answer = await Promise.race([next(), late]);
      return answer as Answer | undefined;
    },
    close: () => child.kill('SIGKILL'),
  };
}

const failure = (child: ChildProcess) => new Promise<never>((_, reject) => child.once('error', reject));
