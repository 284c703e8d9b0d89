import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { writeIdx } from '@ae/data';
import { digits, fileNames } from '@ae/data-mnist';

const program = fileURLToPath(new URL('bin/ae.js', import.meta.resolve('@ae/cli/package.json')));
/** Nothing that is asked of `ae` here takes so long on a busy machine. */
const piped: StdioOptions = ['ignore', 'pipe', 'pipe'];
const PATIENCE = 180_000;

/** How a command ended and what it said. */
export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  /** Whether it had to be killed because it did not end by itself. */
  hung: boolean;
}

/** A command that runs. */
export interface Running {
  child: ChildProcess;
  ended: Promise<Ended>;
  /** When that is said on either stream, or it is over. */
  says(text: string): Promise<void>;
  /** The address of the page that it serves, once it says it. */
  address(): Promise<string>;
}

export interface StartOptions {
  env?: Record<string, string>;
  stdio?: StdioOptions;
  /** Flags of Node itself. */
  node?: readonly string[];
  cwd?: string;
}

/** A folder of a user's own, with a data set of a few digits in `tiny`, in which the built `ae` runs. */
export interface Place {
  folder: string;
  start(args: readonly string[], options?: StartOptions): Running;
  ae(...args: string[]): Promise<Ended>;
  /** A path that is not in use, below the folder. */
  fresh(name: string): string;
  /** A copy of a small run that has finished, in a folder of its own. */
  finishedRun(): Promise<string>;
  /** What a run of `settings` comes to when nothing happens to it. */
  unbroken(settings: readonly string[]): Promise<string>;
  remove(): void;
}

/** A run of a few seconds, on weights that are there at once. */
export const small = ['ae', '--data', './tiny', '--epochs', '6', '--batch-size', '10', '--set', 'hidden=16'];

export async function makePlace(): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'ae-faults-'));
  await writeDigits(join(folder, 'tiny'), 200, 40);
  const running = new Set<ChildProcess>();
  const outcomes = new Map<string, Promise<string>>();
  let taken = 0;
  let finished: Promise<string> | undefined;

  const place: Place = {
    folder,
    start(args, { env = {}, stdio = piped, node = [], cwd = folder } = {}) {
      const child = spawn(process.execPath, [...node, program, ...args], {
        cwd,
        env: { PATH: process.env.PATH, HOME: folder, XDG_CACHE_HOME: join(folder, 'cache'), ...env },
        stdio,
      });
      running.add(child);
      return watched(child, () => running.delete(child));
    },
    ae: (...args) => place.start(args).ended,
    fresh: (name) => join(folder, `${name}-${++taken}`),
    async finishedRun() {
      finished ??= trainOnce(place, join(folder, 'finished'));
      const copy = place.fresh('run');
      cpSync(await finished, copy, { recursive: true });
      return copy;
    },
    unbroken(settings) {
      const key = settings.join(' ');
      if (!outcomes.has(key))
        outcomes.set(
          key,
          (async () => {
            const out = place.fresh('unbroken');
            const { code, stderr } = await place.ae('train', ...settings, '--out', out);
            if (code !== 0) throw new Error(`Cannot train undisturbed: exit ${code}: ${stderr}`);
            return outcomeOf(out);
          })(),
        );
      return outcomes.get(key)!;
    },
    remove() {
      for (const child of running) child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return place;
}

/** SHA-256 over the values of the best weights and over the losses, without the times: what a run came to. */
export function outcomeOf(run: string): string {
  const rows = readFileSync(join(run, 'history.jsonl'), 'utf8').trim().split('\n');
  const losses = rows.map((row) => {
    const { seconds: _seconds, imagesPerSecond: _speed, ...numbers } = JSON.parse(row);
    return numbers as Record<string, number>;
  });
  return createHash('sha256')
    .update(readFileSync(join(run, 'best.safetensors')))
    .update(JSON.stringify(losses))
    .digest('hex');
}

export const statusOf = (run: string): string =>
  (JSON.parse(readFileSync(join(run, 'run.json'), 'utf8')) as { status: string }).status;

/** A failure as a user should see it: no foreign words, no stack. */
export function faultyWords({ stderr }: Pick<Ended, 'stderr'>): string | undefined {
  const foreign = /\bat .+:\d+:\d+\)?$|TypeError|Cannot read properties|\[object Object\]|undefined is not/m;
  return foreign.test(stderr) ? `foreign words: ${stderr.trim().slice(0, 300)}` : undefined;
}

async function trainOnce(place: Place, out: string): Promise<string> {
  const { code, stderr } = await place.ae('train', ...small, '--out', out);
  if (code !== 0) throw new Error(`Cannot train the run that is to be spoilt: exit ${code}: ${stderr}`);
  return out;
}

function watched(child: ChildProcess, onClose: () => void): Running {
  let [stdout, stderr, hung] = ['', '', false];
  const listeners = new Set<() => void>();
  const hear = (add: (text: string) => void) => (chunk: Buffer) => {
    add(String(chunk));
    listeners.forEach((listener) => listener());
  };
  child.stdout?.on(
    'data',
    hear((text) => (stdout += text)),
  );
  child.stderr?.on(
    'data',
    hear((text) => (stderr += text)),
  );
  const timer = setTimeout(() => {
    hung = true;
    child.kill('SIGKILL');
  }, PATIENCE);
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      onClose();
      resolve({ code, signal, stdout, stderr, hung });
    });
  });
  const says = (text: string) =>
    new Promise<void>((resolve) => {
      const look = () => `${stdout}${stderr}`.includes(text) && resolve();
      listeners.add(look);
      look();
      void ended.then(() => resolve());
    });
  return {
    child,
    ended,
    says,
    async address() {
      for (;;) {
        const url = /http:\/\/127\.0\.0\.1:\d+\//.exec(`${stdout}${stderr}`)?.[0];
        if (url !== undefined) return url;
        const over = child.exitCode !== null || child.signalCode !== null;
        if (over) throw new Error(`Cannot find the address of the page: ${(await ended).stderr}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
  };
}

export async function writeDigits(folder: string, trainCount: number, testCount: number): Promise<void> {
  const { train, test } = await digits({ train: trainCount, test: testCount, validationCount: 0 });
  mkdirSync(folder);
  const write = (name: string, shape: number[], data: Uint8Array) =>
    writeFileSync(join(folder, name), writeIdx({ shape, data }));
  write(fileNames.trainImages, [trainCount, 28, 28], train.values);
  write(fileNames.trainLabels, [trainCount], train.labels);
  write(fileNames.testImages, [testCount, 28, 28], test.values);
  write(fileNames.testLabels, [testCount], test.labels);
}
