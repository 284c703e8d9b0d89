import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '');

const known = new Map();

/** The workspace that a file belongs to: its folder, and the `package.json` there. Tools belong to the root. */
export function workspaceOf(file) {
  const folder = dirname(file);
  if (!known.has(folder)) {
    const manifest = join(folder, 'package.json');
    const isOwn = folder === root || existsSync(manifest);
    known.set(
      folder,
      isOwn ? { folder, manifest: JSON.parse(readFileSync(manifest, 'utf8')) } : workspaceOf(folder),
    );
  }
  return known.get(folder);
}
