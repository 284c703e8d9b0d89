import { sha256 } from './sha256.js';

/**
 * What stands for the checksum of a file that carries its own: 64 hexadecimal digits at a known place, which are the
 * SHA-256 of the whole file with these zeros in their stead. Not a byte of it can change unnoticed.
 */
export const UNSEALED = '0'.repeat(64);
const ZEROS = Uint8Array.from(UNSEALED, () => 0x30);

/** Puts the checksum into a file that has `UNSEALED` at byte `at`. */
export function seal(bytes: Uint8Array, at: number): void {
  const digits = sha256(bytes);
  for (let i = 0; i < digits.length; i++) bytes[at + i] = digits.charCodeAt(i);
}

/** The checksum that the file should carry at byte `at`. */
export const sealOf = (bytes: Uint8Array, at: number): string =>
  sha256(bytes.subarray(0, at), ZEROS, bytes.subarray(at + ZEROS.length));
