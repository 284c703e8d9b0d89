import { gzipSync } from 'node:zlib';

import { build } from 'esbuild';

interface Budget {
  /** What a page would write. */
  code: string;
  /** Of the bundle, minified and packed with gzip. */
  mostKiB: number;
  /** A package that must not come with it. */
  without: string;
}

const budgets: Record<string, Budget> = {
  'every figure': { code: `export * from '@ae/viz'`, mostKiB: 64, without: '@tensorflow' },
  'one figure': { code: `export { learningCurve } from '@ae/viz'`, mostKiB: 64, without: '@tensorflow' },
  digits: { code: `export { digits } from '@ae/data-mnist'`, mostKiB: 16, without: '@tensorflow' },
  'weights without models': {
    code: `export { pretrainedWeights } from '@ae/models/pretrained'`,
    mostKiB: 4096,
    without: '@tensorflow',
  },
};

/** Bundles what pages import. @throws Error where it is heavier than its budget or brings what it should not */
export async function weigh(project: string): Promise<[void, string]> {
  const texts: string[] = [];
  for (const [name, { code, mostKiB, without }] of Object.entries(budgets)) {
    const { outputFiles, metafile } = await build({
      ...{ stdin: { contents: code, resolveDir: project }, absWorkingDir: project },
      ...{ bundle: true, minify: true, write: false, metafile: true, format: 'esm', platform: 'browser' },
    });
    const kiB = gzipSync(outputFiles[0]!.contents).length / 1024;
    const unwanted = Object.keys(metafile.inputs).find((path) => path.includes(without));
    if (unwanted) throw new Error(`${name} brings ${unwanted}`);
    if (kiB > mostKiB)
      throw new Error(`${name} weighs ${kiB.toFixed(1)} KiB packed, expected at most ${mostKiB}`);
    texts.push(`${name} ${kiB.toFixed(1)} of ${mostKiB} KiB`);
  }
  return [undefined, texts.join(', ')];
}
