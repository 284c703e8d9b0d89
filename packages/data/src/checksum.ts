import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';
import type { Examples } from './examples.js';
import { writeIdxHeader } from './idx/header.js';

/**
 * SHA-256 over values and labels of some parts, one after the other, as 64 hexadecimal digits; each behind the header that an IDX file of
 * its shape has, floats with the little end first. Of grey images that is the SHA-256 of their IDX files.
 */
export function checksumOf(parts: readonly Examples[]): string {
  return sha256Of(
    parts.flatMap(({ values, labels, shape, count }) => {
      return [
        headerOf(values, [count, ...shape]),
        bytesOf(values),
        ...(labels ? [headerOf(labels, [count]), bytesOf(labels)] : []),
      ];
    }),
  );
}

/** The header of an IDX file of such values, without the one channel of grey images. */
export function headerOf(
  { BYTES_PER_ELEMENT }: Uint8Array | Uint16Array | Float32Array,
  shape: readonly number[],
): Uint8Array {
  const sides = shape.length === 4 && shape[3] === 1 ? shape.slice(0, 3) : shape;
  return writeIdxHeader({ 1: 0x08, 2: 0x0b, 4: 0x0d }[BYTES_PER_ELEMENT]!, sides);
}

/** SHA-256 over pieces of bytes one after the other, as 64 hexadecimal digits. */
export function sha256Of(pieces: readonly Uint8Array[]): string {
  const hash = sha256.create();
  for (const piece of pieces) hash.update(piece);
  return bytesToHex(hash.digest());
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Uint8Array | Uint16Array | Float32Array) =>
  new Uint8Array(buffer, byteOffset, byteLength);
