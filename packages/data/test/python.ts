import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from '@jest/globals';

/** The first Python that has these modules; which one it is differs between machines. */
const pythonWith = (modules: readonly string[]) =>
  ['/usr/bin/python3', 'python3'].find(
    (python) => spawnSync(python, ['-c', `import ${modules.join(', ')}`]).status === 0,
  );

/**
 * Tests against Python: `run` runs a program in an empty folder and gives back the files that it wrote, by name. They are skipped, and
 * said to be, where Python or one of its modules is missing.
 */
export function describeWithPython(
  name: string,
  modules: readonly string[],
  tests: (run: (program: string) => (file: string) => Uint8Array) => void,
): void {
  const python = pythonWith(modules);
  if (!python) {
    console.log(`${name} is skipped: there is no Python with ${modules.join(' and ')}`);
    return describe.skip(name, () => tests(() => () => new Uint8Array()));
  }
  const run = (program: string) => {
    const cwd = mkdtempSync(join(tmpdir(), 'ae-python-'));
    try {
      const { status, stderr } = spawnSync(python, ['-'], { cwd, input: program, encoding: 'utf8' });
      if (status !== 0) throw new Error(`Cannot run Python: ${stderr}`);
      const files = new Map(
        readdirSync(cwd).map((file) => [file, new Uint8Array(readFileSync(join(cwd, file)))] as const),
      );
      return (file: string) => files.get(file)!;
    } finally {
      rmSync(cwd, { recursive: true });
    }
  };
  describe(name, () => tests(run));
}
