import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build, type Plugin } from 'esbuild';

/** Bundles the specifications with the sources under test into one file of a new temporary folder. */
export async function bundleSuite(): Promise<string> {
  const outfile = join(mkdtempSync(join(tmpdir(), 'ae-spec-')), 'suite.cjs');
  await build({
    entryPoints: [fileURLToPath(new URL('suite.ts', import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'], // tfjs's main files each hold a copy of the engine
    ignoreAnnotations: true, // tfjs-core says that its specifications have no effect
    define: { 'import.meta.url': JSON.stringify(import.meta.url) },
    plugins: [globalJasmine],
    logLevel: 'warning',
  });
  return outfile;
}

/** The suite asks for an older jasmine's file; it gets the jasmine that runs it. */
const globalJasmine: Plugin = {
  name: 'global-jasmine',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^jasmine-core\// }, ({ path }) => ({ path, namespace: 'global-jasmine' }));
    onLoad({ filter: /.*/, namespace: 'global-jasmine' }, () => ({
      contents: 'module.exports = { core: () => jasmine };',
    }));
  },
};
