import { spawnSync } from 'node:child_process';
import { test } from '@jest/globals';

/** A program that is no part of this project and may be missing, with what it was given written to it, and what it gave back. */
export interface Program {
  (args: readonly string[], input?: Uint8Array): Uint8Array;
}

/** ImageMagick's `convert`; `undefined` where it is not installed. */
export const imageMagick = find('imagemagick', ['/usr/bin/convert', 'convert'], ['-version'], /ImageMagick/);

/** Python with some modules; `undefined` where one is missing. */
export const pythonWith = (...modules: string[]) =>
  find(
    modules.map((name) => `python3-${name.toLowerCase()}`).join(' '),
    ['/usr/bin/python3', 'python3'],
    [
      '-c',
      `import ${modules.map((name) => (name === 'pil' ? 'PIL.Image' : name)).join(', ')}; print("found")`,
    ],
    /found/,
  );

/** The tests that need a program: skipped where it is missing, with the reason. */
export const testWith = (program: Program | undefined) => (program ? test : test.skip);

function find(name: string, places: readonly string[], args: readonly string[], answer: RegExp) {
  const place = places.find((each) => answer.test(spawnSync(each, args, { encoding: 'utf8' }).stdout ?? ''));
  if (!place) {
    console.log(`skipped where it is needed: apt-get install ${name}`);
    return undefined;
  }
  return ((given, input) => {
    const { status, stdout, stderr } = spawnSync(place, given, {
      ...(input && { input }),
      maxBuffer: 2 ** 28,
    });
    if (status !== 0) throw new Error(`${place} ${given.join(' ')}: ${stderr.toString()}`);
    return new Uint8Array(stdout);
  }) as Program;
}
