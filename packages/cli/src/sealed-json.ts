import { sha256 } from '@ae/models';
import { checked } from '@ae/trainer';
import { readRegularFile, writeFileWhole } from '@ae/trainer/node';
import type * as v from 'valibot';

import { RunFolderError } from './exit-code.js';

const UNSEALED = '0'.repeat(64);
const beginning = /^\{\n {2}"sha256": "([0-9a-f]{64})"/;

/** A record as the text of a file that carries its own checksum: the SHA-256 of the text with zeros in its place. */
export function sealed(value: object): string {
  const text = `${JSON.stringify({ sha256: UNSEALED, ...value }, null, 2)}\n`;
  return text.replace(UNSEALED, () => sha256(Buffer.from(text)));
}

export const writeSealed = (path: string, value: object): Promise<void> =>
  writeFileWhole(path, sealed(value));

/**
 * Reads what `writeSealed` wrote.
 * @throws RunFolderError where it is not as it was written, or not what the schema describes, with the place in it
 */
export async function readSealed<Schema extends v.GenericSchema>(
  path: string,
  schema: Schema,
): Promise<v.InferOutput<Schema>> {
  const text = (await readRegularFile(path)).toString('utf8');
  const [, digits] = beginning.exec(text) ?? [];
  if (digits === undefined || digits !== sha256(Buffer.from(text.replace(digits, UNSEALED))))
    throw new RunFolderError(
      `Cannot read ${path}: found other contents than ae wrote, expected the SHA-256 ${digits ?? 'that it begins with'}; put the file back as it was`,
    );
  try {
    const { sha256: _sha256, ...value } = JSON.parse(text) as Record<string, unknown>;
    return checked(schema, value, path);
  } catch (cause) {
    throw new RunFolderError(
      cause instanceof RangeError ? cause.message : `Cannot read ${path}: it is no JSON`,
      {
        cause: cause instanceof RangeError ? cause.cause : cause,
      },
    );
  }
}
