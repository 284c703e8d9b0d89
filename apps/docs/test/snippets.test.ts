import { describe, expect, test } from '@jest/globals';

import { runSnippets } from '../../../tools/run-snippets.mjs';
import { blocksOf, pages } from '../tools/pages.js';
import { differences } from './printed.js';

const programs = pages().filter((page) => blocksOf(page, 'ts').length > 0);

describe('the code of a page', () => {
  test('is there to be run', () => expect(programs.length).toBeGreaterThan(5));

  test.each(programs)('$path prints what stands below it', async (page) => {
    const printed = await runSnippets(page.url);
    const shown = blocksOf(page, 'text').join('').trim().split('\n');
    expect(differences(printed, shown)).toEqual([]);
  });
});
