import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { afterAll, expect, test } from '@jest/globals';

import { readFaults } from '../.vitepress/theme/faults.js';

const folder = mkdtempSync(join(tmpdir(), 'ae-faults-'));
const file = pathToFileURL(join(folder, 'record.json'));
afterAll(() => rmSync(folder, { recursive: true }));

const row = { name: 'power-cut', promise: 'Nothing is lost', how: 'It is cut', tried: 7, fell: 1 };
const record = { commit: 'abc', date: '2026-01-01', node: 'v20.20.0', seed: 1, form: 'short', rows: [row] };

test('a campaign that was never run is no fault of the page', () => {
  expect(readFaults(pathToFileURL(join(folder, 'nothing.json')))).toBeNull();
});

test('a record is shown as it was written', () => {
  writeFileSync(file, JSON.stringify(record));
  expect(readFaults(file)).toEqual(record);
});

test.each([
  ['without rows', { ...record, rows: undefined }],
  ['that does not say how often it fell', { ...record, rows: [{ ...row, fell: undefined }] }],
  ['of no commit', { ...record, commit: '' }],
])('a record %s stops the build, and is not shown as if nothing had fallen', (_, spoilt) => {
  writeFileSync(file, JSON.stringify(spoilt));
  expect(() => readFaults(file)).toThrow(/^Cannot show what it survives: found another kind/);
});
