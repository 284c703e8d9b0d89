import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

test('the snippet of the README prints what the README says', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [, code, printed] = /```js\n([^]*?)```\n\n```\n([^]*?)```/.exec(readme)!;
  const out = execFileSync(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      '--conditions=@ae/source',
      '--import',
      'tsx',
      '--input-type=module',
      '-e',
      code!,
    ],
    { cwd: fileURLToPath(new URL('..', import.meta.url)), encoding: 'utf8' },
  );
  expect(out).toBe(printed);
});
