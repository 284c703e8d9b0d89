import { sha256 as portable } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';

/** SHA-256 of bytes that follow each other, as 64 hexadecimal digits; Node's own where there is one, it is faster. */
export function sha256(...parts: readonly Uint8Array[]): string {
  const { process } = globalThis as { process?: NodeProcess };
  const native = process?.getBuiltinModule?.('node:crypto').createHash('sha256');
  if (native) {
    for (const part of parts) native.update(part);
    return native.digest('hex');
  }
  const hash = portable.create();
  for (const part of parts) hash.update(part);
  return bytesToHex(hash.digest());
}

/** What Node has that this door, which is checked without Node's types, uses of it. */
interface NodeProcess {
  getBuiltinModule?(name: 'node:crypto'): { createHash(name: 'sha256'): NodeHash };
}
interface NodeHash {
  update(bytes: Uint8Array): unknown;
  digest(encoding: 'hex'): string;
}
