import { readFileSync } from 'node:fs';

import { expect, test } from '@jest/globals';

import { runSnippets } from '../../../tools/run-snippets.mjs';

test('the README prints what its comments say', async () => {
  const printed = await runSnippets(new URL('../README.md', import.meta.url));
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  expect(printed).toEqual(['[ 5, 28, 28, 1 ]', '[ 3, 28, 28, 1 ]']);
  for (const line of printed) expect(readme).toContain(`// ${line}`);
});
