import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, test } from '@jest/globals';

import { runSnippets } from '../../../tools/run-snippets.mjs';

test('the README’s program prints what the README says, and leaves a run folder', async () => {
  const readme = new URL('../README.md', import.meta.url);
  const [, expected] = /```text\n([^]*?)```/.exec(readFileSync(readme, 'utf8'))!;
  // Below the workspace, so that the snippet's packages are found.
  const cwd = mkdtempSync(fileURLToPath(new URL('../../../node_modules/.trainer-', import.meta.url)));
  try {
    const printed = await runSnippets(readme, { cwd });
    expect(printed).toEqual(expected!.trim().split('\n'));
    expect(readdirSync(join(cwd, 'runs/first')).sort()).toEqual([
      'checkpoint.previous.safetensors',
      'checkpoint.safetensors',
      'history.jsonl',
    ]);
  } finally {
    rmSync(cwd, { recursive: true });
  }
});
