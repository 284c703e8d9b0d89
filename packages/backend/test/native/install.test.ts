import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildSync } from 'esbuild';

const packageFolder = fileURLToPath(new URL('../../', import.meta.url));
let copy: string;

beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'ae-install-'));
  for (const name of ['native', 'binding.gyp', 'package.json'])
    cpSync(join(packageFolder, name), join(copy, name), { recursive: true });
});
afterEach(() => rmSync(copy, { recursive: true }));

/** The install script in a copy of the package, with a PATH of only these programs. */
function install(programs: Record<string, string>) {
  const bin = join(copy, 'bin');
  mkdirSync(bin);
  for (const [name, script] of Object.entries(programs))
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  symlinkSync('/bin/sh', join(bin, 'sh'));
  const { status, stdout } = spawnSync(process.execPath, [join(copy, 'native', 'install.mjs')], {
    encoding: 'utf8',
    env: { ...process.env, PATH: bin, CXX: 'g++', PYTHON: 'python3' },
  });
  const note = join(copy, 'build', 'not-built.txt');
  return {
    status,
    stdout: stdout.trim(),
    note: existsSync(note) ? readFileSync(note, 'utf8').trim() : undefined,
  };
}

/** What registerNative() says in that copy. */
function registered(): object {
  const file = join(copy, 'register.mjs');
  buildSync({
    stdin: {
      contents: `import { registerNative } from './src/native/index.ts'; console.log(JSON.stringify(registerNative()));`,
      resolveDir: packageFolder,
    },
    outfile: file,
    ...{ bundle: true, format: 'esm', platform: 'node', logLevel: 'error' },
    banner: {
      js: "import { createRequire as make } from 'node:module'; const require = make(import.meta.url);",
    },
  });
  const { stdout, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8', cwd: copy });
  if (!stdout) throw new Error(stderr);
  return JSON.parse(stdout) as object;
}

const works = 'exit 0';

describe('installing without what compiling needs', () => {
  it.each([
    ['no compiler', {}, 'no C++ compiler, such as g++, was found'],
    ['no make', { 'g++': works }, 'make was not found'],
    ['no Python', { 'g++': works, make: works }, 'Python 3, which node-gyp needs, was not found'],
  ])('says so in one line and goes on: %s', (_what, programs, reason) => {
    expect(install(programs)).toEqual({
      status: 0,
      stdout: `@ae/backend: the native kernels were not compiled (${reason}); another backend will be used`,
      note: reason,
    });
  });

  it('says where the log is when compiling fails, and registerNative() repeats the reason with a remedy', () => {
    const { status, stdout, note } = install({ 'g++': works, make: works, python3: works });
    expect({ status, lines: stdout.split('\n').length }).toEqual({ status: 0, lines: 1 });
    expect(note).toBe(`compiling failed, see ${join(copy, 'build', 'build.log')}`);
    expect(readFileSync(join(copy, 'build', 'build.log'), 'utf8')).toMatch(/gyp ERR!/);
    expect(registered()).toEqual({
      ok: false,
      reason: note,
      remedy: expect.stringMatching(/^install a C\+\+ compiler .*npm rebuild @ae\/backend/),
    });
  });
});
