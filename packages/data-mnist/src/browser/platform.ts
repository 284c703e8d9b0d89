import { checksumOf } from '../data-set.js';
import type { Platform } from '../verify.js';

/** The browser's gzip and SHA-256; outside secure contexts, which have no SHA-256, our own. */
export const browserPlatform: Platform = {
  async *gunzip(packed) {
    const stream = new Blob([packed as Uint8Array<ArrayBuffer>])
      .stream()
      .pipeThrough(new DecompressionStream('gzip'));
    const reader = stream.getReader();
    try {
      for (;;) {
        const { value } = await reader.read();
        if (!value) return;
        yield value;
      }
    } finally {
      await reader.cancel().catch(() => {});
    }
  },
  async sha256(pieces) {
    const [only] = pieces;
    if (pieces.length > 1 || !only || !globalThis.crypto?.subtle) return checksumOf(pieces);
    const digest = await crypto.subtle.digest('SHA-256', only as Uint8Array<ArrayBuffer>);
    return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
  },
};
