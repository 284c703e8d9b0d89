import { sha256Of } from '@ae/data';
import type { Platform } from '../platform.js';

/** The browser's own web client, gzip and SHA-256; outside secure contexts, which have no SHA-256, the library's. */
export const browserPlatform: Platform = {
  async open(url, signal) {
    const { status, statusText, headers, body } = await fetch(url, { signal });
    const length = Number(headers.get('content-length'));
    return { status, statusText, ...(length > 0 && { length }), bytes: read(body ?? new Blob().stream()) };
  },
  gunzip(packed) {
    return read(
      new Blob([packed as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new DecompressionStream('gzip')),
    );
  },
  async sha256(pieces) {
    const [only] = pieces;
    if (pieces.length > 1 || !only || !globalThis.crypto?.subtle) return sha256Of(pieces);
    const digest = await crypto.subtle.digest('SHA-256', only as Uint8Array<ArrayBuffer>);
    return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
  },
};

/** Not every browser can go through a stream by `for await`. */
async function* read(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
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
}
