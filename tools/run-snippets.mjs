// Runs the TypeScript of a Markdown page as a reader would: all its ```ts blocks in one file, in their order.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = new URL('../', import.meta.url);

/** The lines that the page's snippets print, with `cwd` as their folder. */
export async function runSnippets(page, { cwd = fileURLToPath(root) } = {}) {
  const blocks = [...readFileSync(page, 'utf8').matchAll(/^```ts\n(.*?)^```/gms)].map(([, code]) => code);
  if (blocks.length === 0) throw new Error(`Cannot run ${fileURLToPath(page)}: found no \`\`\`ts block`);
  const folder = new URL('node_modules/.snippets/', root);
  mkdirSync(folder, { recursive: true });
  const file = new URL(`${createHash('sha256').update(String(page)).digest('hex').slice(0, 16)}.mts`, folder);
  writeFileSync(file, blocks.join('\n'));
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--conditions=@ae/source', '--import', 'tsx', fileURLToPath(file)],
      { cwd },
    );
    return stdout.trim().split('\n');
  } finally {
    rmSync(file, { force: true });
  }
}
