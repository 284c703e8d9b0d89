import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

import { runFiles } from '../run-folder.js';
import type { Answer } from './loopback-server.js';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.jsonl': 'text/plain; charset=utf-8',
  '.safetensors': 'application/octet-stream',
};

/** The files of a run folder, its report at `/`; nothing that lies elsewhere, not even where a link leads there. */
export async function filesOf(folder: string): Promise<Answer> {
  const root = await realpath(folder);
  return async (path) => {
    try {
      const file = await realpath(join(root, path === '/' ? runFiles.report : path));
      if (!file.startsWith(root + sep)) return undefined;
      return { type: types[extname(file)] ?? 'application/octet-stream', body: await readFile(file) };
    } catch {
      return undefined; // it is not there, is a folder, or cannot be named
    }
  };
}
