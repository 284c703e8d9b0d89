import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { cases } from '../../../../tools/check-gradients/cases/index.js';
import { operationsWithoutCase } from '../../../../tools/check-gradients/coverage.js';

const root = new URL('../../../../', import.meta.url);

describe('every operation that TensorFlow.js exports', () => {
  it('has a right gradient on every backend here, or refuses by name', () => {
    const script = fileURLToPath(new URL('tools/check-gradients/main.ts', root));
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--conditions=@ae/source', '--import', 'tsx', script, '--short'],
      { cwd: fileURLToPath(root), encoding: 'utf8', maxBuffer: 2 ** 26 },
    );
    expect({ status, wrong: stdout.match(/^WRONG .*/gm) ?? [], error: status === 0 ? '' : stderr }).toEqual({
      status: 0,
      wrong: [],
      error: '',
    });
    expect(stdout).toMatch(/^cpu: \d{3} cases checked, \d{3} right, \d+ refused, 0 wrong$/m);
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
