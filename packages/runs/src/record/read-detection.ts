import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { sha256 } from '@ae/models';

import { RunFolderError } from '../errors.js';
import { detectionSchema, type Detection } from './detection-record.js';
import { runFiles } from './run-folder.js';
import { readSealed } from './sealed-json.js';

/**
 * The detector of a run, where it has one.
 * @throws RunFolderError where the file is damaged, or of other weights
 */
export async function readDetection(folder: string, weights: Uint8Array): Promise<Detection | undefined> {
  const path = join(folder, runFiles.detector);
  if (!existsSync(path)) return undefined;
  const detection = await readSealed(path, detectionSchema);
  if (detection.weights === sha256(weights)) return detection;
  throw new RunFolderError(
    `Cannot use ${path}: found a detector of other weights, expected one of those in the folder; \`ae detect --out ${folder} --resume\` makes it anew`,
  );
}
