import { closeSync, existsSync, lstatSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

import { UsageError } from './errors.js';
import { runFiles } from './record/run-folder.js';

/** What a file of a kind begins with. */
const kinds: Record<string, RegExp> = {
  '.svg': /^\s*<(\?xml|svg)/,
  '.png': /^\x89PNG/,
  '.html': /^\s*<!doctype html/i,
  '.csv': /^(name,)?score,is_anomaly\b/, // scores: a table of another kind is somebody's work
};

/**
 * Sees that a file that is to be written takes nothing away that somebody made.
 * @param path as it was typed; links are followed
 * @throws UsageError where it is one of a run's own files, no ordinary file or, without `force`, of another kind
 */
export function checkOutputFile(path: string, kind: '.svg' | '.png' | '.html' | '.csv', force = false): void {
  const cannot = `Cannot write --out ${path || '""'}`;
  if (path === '' || path.includes('\0')) throw new UsageError(`${cannot}: found no file name, expected one`);
  const target = targetOf(path);
  const ours = Object.values(runFiles).filter((name) => name !== runFiles.figures);
  const inRun = existsSync(join(dirname(target), runFiles.record));
  if (inRun && ours.some((name) => basename(target) === name))
    throw new UsageError(`${cannot}: it is a file of the run itself, expected another place`);
  if (!existsSync(target)) return;
  const status = statSync(target);
  if (!status.isFile())
    throw new UsageError(
      `${cannot}: found ${status.isDirectory() ? 'a folder' : 'no ordinary file'}, expected a file`,
    );
  if (!force && status.size > 0 && !kinds[kind]!.test(beginningOf(target)))
    throw new UsageError(
      `${cannot}: there is a file that is no ${kind === '.csv' ? 'table of scores' : kind.slice(1).toUpperCase()} and would be lost, expected another name; add --force to write over it`,
    );
}

/** Where a path leads, whether or not there is something yet. */
function targetOf(path: string): string {
  const absolute = resolve(path);
  if (existsSync(absolute)) return realpathSync(absolute);
  const isLink = lstatSync(absolute, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  if (isLink)
    throw new UsageError(`Cannot write --out ${path}: found a link to nothing, expected a file name`);
  const folder = dirname(absolute);
  return existsSync(folder) ? join(realpathSync(folder), basename(absolute)) : absolute;
}

function beginningOf(path: string): string {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(256);
    return bytes.toString('latin1', 0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}
