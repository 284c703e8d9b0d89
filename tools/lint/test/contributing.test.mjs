import { existsSync, readFileSync } from 'node:fs';

import { expect, test } from '@jest/globals';

import { root } from '../workspace-of.mjs';

test('files that CONTRIBUTING names are there', () => {
  const text = readFileSync(`${root}/CONTRIBUTING.md`, 'utf8');
  const named = [...text.matchAll(/`([\w-]+\/src\/[\w/-]+(\.ts)?)`/g)].map(([, path]) => path);
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((path) => !existsSync(`${root}/packages/${path}`))).toEqual([]);
});
