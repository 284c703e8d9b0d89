import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { build } from 'esbuild';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));

test('the README’s program prints what the README says', async () => {
  const readme = readFileSync(`${packageFolder}README.md`, 'utf8');
  const [, program, printed] = /```ts\n([^]*?)```\s*```text\n([^]*?)```/.exec(readme)!;
  const { outputFiles } = await build({
    stdin: { contents: program!, loader: 'ts', resolveDir: packageFolder },
    conditions: ['@ae/source'],
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
  });
  const output = execFileSync(process.execPath, ['--input-type=module'], {
    input: outputFiles[0]!.contents,
    encoding: 'utf8',
  });
  expect(output).toBe(printed);
});
