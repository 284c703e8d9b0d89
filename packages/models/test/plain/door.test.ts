import { expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';

test('the door without TensorFlow.js imports nothing but checksums', async () => {
  const { metafile } = await build({
    entryPoints: [fileURLToPath(new URL('../../src/plain.ts', import.meta.url))],
    bundle: true,
    packages: 'external',
    format: 'esm',
    write: false,
    metafile: true,
  });
  const imported = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  expect(new Set(imported)).toEqual(new Set(['@noble/hashes/sha2', '@noble/hashes/utils']));
});
