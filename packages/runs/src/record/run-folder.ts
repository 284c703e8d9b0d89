import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { diskError, makeFolder } from '@ae/trainer/node';

import { UsageError } from '../errors.js';

/** The files of a run folder. */
export const runFiles = {
  record: 'run.json',
  history: 'history.jsonl',
  checkpoint: 'checkpoint.safetensors',
  previous: 'checkpoint.previous.safetensors',
  best: 'best.safetensors',
  evaluation: 'evaluation.json',
  detector: 'detector.json',
  lock: 'run.lock',
  figures: 'figures',
  report: 'report.html',
} as const;

/** Makes `runs/vae-2025-11-22-134500`, with a number behind it where that is taken: nobody else gets the same. */
export async function claimFolder(name: string, now: Date): Promise<string> {
  const folder = freshName(name, now);
  const failed = (cause: unknown) => diskError('make', folder, cause);
  await makeFolder(dirname(folder)).catch((cause: unknown) => {
    throw failed(cause);
  });
  for (let n = 1; ; n++) {
    const free = n === 1 ? folder : `${folder}-${n}`;
    try {
      await mkdir(free);
      return free;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw failed(error);
    }
  }
}

/** `runs/vae-2025-11-22-134500`. */
export function freshName(name: string, now: Date): string {
  const part = (value: number) => String(value).padStart(2, '0');
  const day = [now.getFullYear(), part(now.getMonth() + 1), part(now.getDate())].join('-');
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(part).join('');
  return join('runs', `${name}-${day}-${time}`);
}

/** Whether a run was started in the folder. */
export const holdsRun = (folder: string): boolean => existsSync(join(folder, runFiles.record));

/** @throws UsageError where a new run would lie among what is there already */
export function checkFree(folder: string): void {
  if (folder.includes('\0'))
    throw new UsageError('Cannot train into --out: found a NUL in the name, expected the name of a folder');
  if (folder === '')
    throw new UsageError('Cannot train into --out "": found no name, expected a new or empty folder');
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory())
    throw new UsageError(`Cannot train into --out ${folder}: it is a file, expected a new or empty folder`);
  // A start that was killed may have left the beginning of its record, and its lock.
  const found = readdirSync(folder).filter(
    (file) => !file.startsWith(runFiles.lock) && !file.endsWith('.tmp'),
  );
  if (found.includes(runFiles.record))
    throw new UsageError(
      `Cannot train into --out ${folder}: it holds a run, expected a new or empty folder; add --resume to go on with that run`,
    );
  if (found.length > 0)
    throw new UsageError(
      `Cannot train into --out ${folder}: it holds ${found.slice(0, 3).join(', ')}${found.length > 3 ? ', …' : ''}, expected a new or empty folder`,
    );
}
