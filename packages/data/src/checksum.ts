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
      const sides = shape.length === 3 && shape[2] === 1 ? shape.slice(0, 2) : shape;
      return [
        writeIdxHeader(values.BYTES_PER_ELEMENT === 4 ? 0x0d : 0x08, [count, ...sides]),
        bytesOf(values),
        ...(labels
          ? [writeIdxHeader(labels.BYTES_PER_ELEMENT === 2 ? 0x0b : 0x08, [count]), bytesOf(labels)]
          : []),
      ];
    }),
  );
}

/** SHA-256 over pieces of bytes one after the other, as 64 hexadecimal digits. */
export function sha256Of(pieces: readonly Uint8Array[]): string {
  const hash = sha256.create();
  for (const piece of pieces) hash.update(piece);
  return bytesToHex(hash.digest());
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Uint8Array | Uint16Array | Float32Array) =>
  new Uint8Array(buffer, byteOffset, byteLength);
