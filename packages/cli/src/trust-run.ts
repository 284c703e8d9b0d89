import { UsageError } from './exit-code.js';
import type { Output } from './output.js';
import { readKeptSource } from './own-code/kept-source.js';
import { trust, trustFolder } from './own-code/trust.js';
import { readRun } from './read-run.js';

/**
 * `ae trust`: from now on the source that a run keeps may run on this machine.
 * @throws UsageError where the run's model is one of the zoo, which needs no trust
 */
export async function trustRun(folder: string, output: Output): Promise<void> {
  const { model, source: kept } = await readRun(folder);
  if (!kept)
    throw new UsageError(
      `Cannot trust ${folder}: its model is ${model}, which is part of ae and needs none, expected a run of a model of your own`,
    );
  const source = await readKeptSource(folder, kept);
  await trust(source, `Trusted by ae trust ${folder}`);
  const lines = source.files.map(({ path, sha256 }) => `${sha256}  ${path}`);
  output.notice(
    `the code of ${folder} may run on this machine from now on; ${trustFolder()} keeps what is trusted`,
  );
  output.result(lines.join('\n'), { run: folder, sha256: source.sha256, files: kept.files });
}
