import { realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';

import { sha256 } from '@ae/models';
import { readRegularFile, writeFileWhole } from '@ae/trainer/node';

import { RunFolderError } from '../errors.js';
import type { RunRecord } from '../record/run-record.js';
import { sourceOf, type LocatedSource, type Source, type SourceFile } from './source.js';

/** What `run.json` says of the source that is kept beside it. */
export type KeptSource = NonNullable<RunRecord['source']>;

/** Writes a model's source into the run folder, as `model.ts` or into a folder `model`. */
export async function keepSource(folder: string, source: Source): Promise<void> {
  for (const { path, text } of source.files) await writeFileWhole(join(folder, placeOf(source, path)), text);
}

/** What a record says of a source. */
export const recordOf = ({ file, ...source }: LocatedSource): KeptSource => ({
  entry: source.entry,
  files: source.files.map(({ path, sha256: sum }) => ({ path, sha256: sum })),
  sha256: source.sha256,
  from: file,
});

/**
 * Reads the source that a run keeps; nothing of it is run.
 * @throws RunFolderError where it is not what `run.json` says, or lies outside the folder
 */
export async function readKeptSource(folder: string, kept: KeptSource): Promise<Source> {
  const root = (await realpath(folder)) + sep;
  const files: SourceFile[] = [];
  for (const { path, sha256: expected } of kept.files) {
    const place = join(folder, placeOf(kept, path));
    const real = await realpath(place).catch(() => '');
    if (!real.startsWith(root))
      throw new RunFolderError(
        `Cannot open run ${folder}: found no ${placeOf(kept, path)} in it, expected the model's source; put it back`,
      );
    const bytes = await readRegularFile(real);
    const found = sha256(bytes);
    if (found !== expected)
      throw new RunFolderError(
        `Cannot open run ${folder}: found ${placeOf(kept, path)} with the SHA-256 ${found}, expected ${expected} as when the run was trained; put the file back, or name the one to use by --model <file>`,
      );
    files.push({ path, text: bytes.toString('utf8'), sha256: found });
  }
  const source = sourceOf(kept.entry, files);
  if (source.sha256 !== kept.sha256 || !files.some(({ path }) => path === kept.entry))
    throw new RunFolderError(
      `Cannot open run ${folder}: run.json contradicts itself about the model's source`,
    );
  return source;
}

/** A single file lies as `model.ts` in the run folder, several as they lay, in its folder `model`. */
const placeOf = ({ files }: { files: readonly unknown[] }, path: string): string =>
  files.length === 1 ? path : join('model', path);
