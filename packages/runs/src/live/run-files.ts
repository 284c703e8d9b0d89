import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

import { runFiles } from '../record/run-folder.js';
import type { Answer, Reply } from './loopback-server.js';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.jsonl': 'text/plain; charset=utf-8',
  '.safetensors': 'application/octet-stream',
};

/**
 * The ordinary files of a run folder, its report at `/`; nothing that lies elsewhere, not even where a link leads there,
 * and no pipe or device, which would keep its reader waiting.
 */
export async function filesOf(folder: string): Promise<Answer> {
  const root = await realpath(folder);
  return async (path) => {
    try {
      const file = await realpath(join(root, path === '/' ? runFiles.report : path));
      return file.startsWith(root + sep) ? await openFile(file) : undefined;
    } catch {
      return undefined; // it is not there, may not be read, or cannot be named
    }
  };
}

/** Opened without waiting, and looked at once it is open. */
async function openFile(path: string): Promise<Reply | undefined> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)); // Windows has no such flag, nor such pipes
  const status = await file.stat().catch(() => undefined);
  if (!status?.isFile()) {
    await file.close();
    return undefined;
  }
  const type = types[extname(path)] ?? 'application/octet-stream';
  if (status.size === 0) {
    await file.close();
    return { type, body: '' };
  }
  return { type, length: status.size, body: file.createReadStream({ start: 0, end: status.size - 1 }) };
}
