import { readFileSync } from 'node:fs';

import { expect, test } from '@jest/globals';

import { runSnippets } from '../../../tools/run-snippets.mjs';

test('the README’s program prints what the README says', async () => {
  const readme = new URL('../README.md', import.meta.url);
  const [, expected] = /```text\n([^]*?)```/.exec(readFileSync(readme, 'utf8'))!;
  expect(await runSnippets(readme)).toEqual(expected!.trim().split('\n'));
});
