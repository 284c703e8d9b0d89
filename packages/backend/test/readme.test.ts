import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { transformSync } from 'esbuild';

it('the program of the README prints what the README says', () => {
  const packageFolder = fileURLToPath(new URL('..', import.meta.url));
  const readme = readFileSync(`${packageFolder}README.md`, 'utf8');
  const [, program, printed] = /```ts\n([^]*?)```\s*```text\n([^]*?)```/.exec(readme)!;
  const { code } = transformSync(program!, { loader: 'ts', format: 'esm' });
  const options = ['--conditions=@ae/source', '--import', 'tsx', '--input-type=module', '--eval', code];
  expect(execFileSync(process.execPath, options, { cwd: packageFolder, encoding: 'utf8' })).toBe(printed);
});
