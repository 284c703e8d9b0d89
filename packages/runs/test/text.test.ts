import { fileURLToPath } from 'node:url';

import { expect, test } from '@jest/globals';
import { build } from 'esbuild';

test('@ae/runs/text loads nothing that computes, draws or reads', async () => {
  const { metafile } = await build({
    entryPoints: [fileURLToPath(new URL('../src/text.ts', import.meta.url))],
    ...{ bundle: true, packages: 'external', platform: 'neutral', format: 'esm' },
    ...{ metafile: true, write: false, outdir: 'nowhere' },
  });
  expect(metafile.outputs['nowhere/text.js']!.imports).toEqual([]);
});
