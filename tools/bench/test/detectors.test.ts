import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { expect, test } from '@jest/globals';

import { aboutAlarms, aboutUnlabelled } from '../detectors/page.js';
import { normalOf, parts, tablesIn } from '../detectors/tables.js';

const shared = fileURLToPath(new URL('../../../../shared/data/adbench', import.meta.url));
const withShared = existsSync(shared) ? test : test.skip;
if (!existsSync(shared)) console.log(`skipped: found no ${shared}`);

withShared(
  'the tables have the rows and anomalies that their publishers count, the eight first',
  async () => {
    const tables = await tablesIn(shared, []);
    expect(tables.map(({ name }) => name).slice(0, 3)).toEqual(['cardio', 'thyroid', 'satellite']);
    const [cardio] = tables;
    expect([cardio!.rows.count, cardio!.rows.labels.reduce((a, b) => a + b, 0)]).toEqual([1831, 176]);
    const { train, test: judged } = parts(cardio!, 1);
    expect([train.count, judged.count]).toEqual([1282, 549]);
    expect(normalOf(cardio!.rows).count).toBe(1831 - 176);
    expect(normalOf(cardio!.rows).labels).toBeUndefined();
  },
);

test('a table of means has one row a table, the best in bold, and counts what was said', () => {
  const auroc = (ours: number) => ({ ours, pca: 0.5 });
  const lines = aboutUnlabelled([
    { table: 'cardio', seed: 1, verdict: 'better', auroc: auroc(0.75) },
    { table: 'cardio', seed: 2, verdict: 'as-good', auroc: auroc(0.5) },
    { table: 'mine', seed: 1, verdict: 'worse', auroc: auroc(0.25) },
  ]).join('\n');
  expect(lines).toMatch(/cardio +\| +\*\*0\.625\*\* \| +0\.500 \| 1 \/ 1 \/ 0/);
  expect(lines).toMatch(/mean of 2 +\| +0\.438 \| +\*\*0\.500\*\*/);
});

test('what could not be told is counted and never taken for a success', () => {
  const came = { share: 0.02, within: true, withinTestAlone: false };
  const lines = aboutAlarms([
    { table: 'a', seed: 1, asked: 0.01, came },
    { table: 'b', seed: 1, asked: 0.01 },
    { table: 'b', seed: 1, asked: 0.001 },
  ]).join('\n');
  expect(lines).toMatch(/\| +1 % \| +1 \| +1 \| +2\.00 % \| +100\.0 % \| +0\.0 % \|/);
  expect(lines).toMatch(/\| +0\.1 % \| +0 \| +1 \| +– \|/);
});
