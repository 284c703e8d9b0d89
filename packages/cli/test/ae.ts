import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { writeIdx } from '@ae/data';
import { digits, fileNames } from '@ae/data-mnist';
import { jest } from '@jest/globals';

/** How a command ended and what it said. */
export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

jest.setTimeout(300_000); // processes take their time on a busy machine

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const program = fileURLToPath(new URL('../src/cli.ts', import.meta.url));

/** A folder to run `ae` in, as a process of its own, with a data set of a few digits in its folder `tiny`. */
export async function workplace({ train = 300, test = 60 } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'ae-cli-'));
  await writeData(join(folder, 'tiny'), train, test);

  const running = new Set<ChildProcess>();

  const startProgram = (program: string, ...args: string[]) => {
    const flags = ['--disable-warning=ExperimentalWarning', '--conditions=@ae/source', '--import', tsx];
    const child = spawn(process.execPath, [...flags, program, ...args], {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: folder, XDG_CACHE_HOME: join(folder, 'cache') },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    child.on('close', () => running.delete(child));
    let [stdout, stderr] = ['', ''];
    const listeners = new Set<() => void>();
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk;
      listeners.forEach((listener) => listener());
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk;
      listeners.forEach((listener) => listener());
    });
    const ended = new Promise<Ended>((resolve) =>
      child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr })),
    );
    return {
      ended,
      kill: (signal: NodeJS.Signals) => child.kill(signal),
      /** The group of a pattern in what is said, once it is. */
      finds: (pattern: RegExp) =>
        new Promise<string>((resolve, reject) => {
          const look = () => {
            const found = pattern.exec(`${stdout}${stderr}`);
            if (found) resolve(found[1]!);
          };
          listeners.add(look);
          look();
          void ended.then((end) => reject(new Error(`It ended before it said ${pattern}: ${end.stderr}`)));
        }),
      /** Waits until standard error holds the text, or the process is over. */
      says: (text: string) =>
        Promise.race([
          ended,
          new Promise<void>((resolve) => {
            const look = () => void (stderr.includes(text) && resolve());
            listeners.add(look);
            look();
          }),
        ]),
    };
  };

  const start = (...args: string[]) => startProgram(program, ...args);
  return {
    folder,
    startProgram,
    start,
    ae: (...args: string[]): Promise<Ended> => start(...args).ended,
    remove() {
      for (const child of running) child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function writeData(folder: string, trainCount: number, testCount: number): Promise<void> {
  const { train, test } = await digits({ train: trainCount, test: testCount, validationCount: 0 });
  mkdirSync(folder);
  const write = (name: string, shape: number[], data: Uint8Array) =>
    writeFileSync(join(folder, name), writeIdx({ shape, data }));
  write(fileNames.trainImages, [trainCount, 28, 28], train.values);
  write(fileNames.trainLabels, [trainCount], train.labels);
  write(fileNames.testImages, [testCount, 28, 28], test.values);
  write(fileNames.testLabels, [testCount], test.labels);
}
