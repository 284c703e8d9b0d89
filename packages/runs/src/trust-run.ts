import { UsageError } from './errors.js';
import { readKeptSource } from './own-code/kept-source.js';
import type { Source } from './own-code/source.js';
import { trust } from './own-code/trust.js';
import { readRun } from './record/read-run.js';

/**
 * From now on the source that a run keeps may run on this machine.
 * @returns that source
 * @throws UsageError where the run's model is one of the zoo, which needs no trust
 */
export async function trustRun(folder: string): Promise<Source> {
  const { model, source: kept } = await readRun(folder);
  if (!kept)
    throw new UsageError(
      `Cannot trust ${folder}: its model is ${model}, which is part of ae and needs none, expected a run of a model of your own`,
    );
  const source = await readKeptSource(folder, kept);
  await trust(source, `Trusted by ae trust ${folder}`);
  return source;
}
