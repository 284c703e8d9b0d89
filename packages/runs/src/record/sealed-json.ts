import { seal, sealOf, UNSEALED } from '@ae/models';
import { checked } from '@ae/trainer';
import { readRegularFile, writeFileWhole } from '@ae/trainer/node';
import type * as v from 'valibot';

import { RunFolderError } from '../errors.js';

const BEGINNING = '{\n  "sha256": "';

/** A record as the text of a file that carries its own checksum, in its second line. */
export function sealed(value: object): string {
  const bytes = Buffer.from(`${JSON.stringify({ sha256: UNSEALED, ...value }, null, 2)}\n`);
  seal(bytes, BEGINNING.length);
  return bytes.toString('utf8');
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
  const bytes = await readRegularFile(path);
  const text = bytes.toString('utf8');
  const digits = text.startsWith(BEGINNING)
    ? text.slice(BEGINNING.length).slice(0, UNSEALED.length)
    : undefined;
  if (digits !== sealOf(bytes, BEGINNING.length))
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
