import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { cases } from '../../check-gradients/cases/index.js';
import { operationsWithoutCase } from '../../check-gradients/coverage.js';

const root = new URL('../../../../', import.meta.url);

describe('every operation that TensorFlow.js exports', () => {
  it('has a right gradient on every backend here, or refuses by name', () => {
    expect(check('--short')).toMatch(/^cpu: \d{3} cases checked, \d{3} right, \d+ refused, 0 wrong$/m);
  }, 600_000);

  it('has one for random shapes, strides, paddings, dilations, axes and broadcasts', () => {
    const seed = process.env.AE_TEST_SEED ?? '1';
    expect(check('--random', '8', '--seed', seed)).toMatch(/^cpu: 128 cases checked, 128 right/m);
  }, 600_000);

  it('is checked or listed as having no derivative; one that is forgotten is named', () => {
    expect(operationsWithoutCase(cases)).toEqual([]);
    expect(operationsWithoutCase(cases.filter(({ op }) => op !== 'avgPool'))).toEqual(['avgPool']);
    expect(operationsWithoutCase(cases.filter(({ op }) => op !== 'layers.lstm'))).toEqual(['layers.lstm']);
  });

  it('stands in the table of the docs', () => {
    const page = readFileSync(new URL('apps/docs/gradients.md', root), 'utf8');
    const missing = [...new Set(cases.map(({ op }) => op))].filter((op) => !page.includes(`| \`${op}\` `));
    expect(missing).toEqual([]);
  });
});

/** What the check prints. */
function check(...given: string[]): string {
  const script = fileURLToPath(new URL('packages/backend/check-gradients/main.ts', root));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--conditions=@ae/source', '--import', 'tsx', script, ...given],
    { cwd: fileURLToPath(root), encoding: 'utf8', maxBuffer: 2 ** 26 },
  );
  const wrong = stdout.match(/^WRONG .*/gm) ?? [];
  expect({ status, wrong, error: status === 0 ? '' : stderr }).toEqual({ status: 0, wrong: [], error: '' });
  return stdout;
}
