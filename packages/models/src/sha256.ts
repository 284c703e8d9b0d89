import { sha256 as portable } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';

/** SHA-256 of bytes that follow each other, as 64 hexadecimal digits; Node's own where there is one, it is faster. */
export function sha256(...parts: readonly Uint8Array[]): string {
  const native = globalThis.process?.getBuiltinModule?.('node:crypto').createHash('sha256');
  const hash = native ?? portable.create();
  for (const part of parts) hash.update(part);
  return native ? native.digest('hex') : bytesToHex((hash as ReturnType<typeof portable.create>).digest());
}

declare const globalThis: {
  process?: { getBuiltinModule?: (name: 'node:crypto') => { createHash(name: 'sha256'): NodeHash } };
};
interface NodeHash {
  update(bytes: Uint8Array): unknown;
  digest(encoding: 'hex'): string;
}
