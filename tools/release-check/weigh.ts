import { gzipSync } from 'node:zlib';

import { build, type Metafile } from 'esbuild';

interface Budget {
  /** What a page would write. */
  code: string;
  /** Of what it downloads at once, minified and packed with gzip. */
  mostKiB: number;
  /** Of any file that it downloads later, when it is asked for. */
  mostLaterKiB?: number;
}

/** None of them may bring TensorFlow.js. */
const budgets: Record<string, Budget> = {
  'every figure': { code: `export * from '@ae/viz'`, mostKiB: 64 },
  digits: { code: `export { digits } from '@ae/data-mnist'`, mostKiB: 16 },
  'weights by name': {
    code: `export { pretrainedWeights } from '@ae/models/pretrained'`,
    mostKiB: 8,
    mostLaterKiB: 2000,
  },
  'a model that encodes and decodes': { code: `export { plainModel } from '@ae/models/plain'`, mostKiB: 12 },
};

/** Bundles what pages import. @throws Error where it is heavier than its budget, or brings TensorFlow.js */
export async function weigh(project: string): Promise<[void, string]> {
  const texts: string[] = [];
  for (const [name, { code, mostKiB, mostLaterKiB = 0 }] of Object.entries(budgets)) {
    const { outputFiles, metafile } = await build({
      ...{ stdin: { contents: code, resolveDir: project }, absWorkingDir: project, outdir: '/bundle' },
      ...{ bundle: true, minify: true, splitting: true, write: false, metafile: true },
      ...{ format: 'esm', platform: 'browser' },
    });
    const unwanted = Object.keys(metafile.inputs).find((path) => path.includes('@tensorflow'));
    if (unwanted) throw new Error(`${name} brings ${unwanted}`);
    const isAtOnce = downloadedAtOnce(metafile);
    const sizes = outputFiles.map(({ path, contents }) => ({
      isAtOnce: isAtOnce.has(path.split('/').at(-1)!),
      kiB: gzipSync(contents).length / 1024,
    }));
    const atOnce = sizes.filter((size) => size.isAtOnce).reduce((sum, { kiB }) => sum + kiB, 0);
    const later = Math.max(0, ...sizes.filter((size) => !size.isAtOnce).map(({ kiB }) => kiB));
    if (atOnce > mostKiB || later > mostLaterKiB)
      throw new Error(
        `${name} weighs ${atOnce.toFixed(1)} KiB packed and later ${later.toFixed(1)}, expected at most ${mostKiB} and ${mostLaterKiB}`,
      );
    texts.push(
      `${name} ${atOnce.toFixed(1)} of ${mostKiB} KiB${later > 0 ? `, later ${later.toFixed(0)} of ${mostLaterKiB}` : ''}`,
    );
  }
  return [undefined, texts.join('; ')];
}

/** Names of the entry's file and of those that it imports by statement, and so on. */
function downloadedAtOnce({ outputs }: Metafile): Set<string> {
  const paths = Object.keys(outputs).filter((path) => outputs[path]!.entryPoint === '<stdin>');
  for (const path of paths)
    for (const { path: imported, kind } of outputs[path]!.imports)
      if (kind === 'import-statement' && !paths.includes(imported)) paths.push(imported);
  return new Set(paths.map((path) => path.split('/').at(-1)!));
}
