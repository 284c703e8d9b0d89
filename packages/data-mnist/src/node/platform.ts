import { createHash } from 'node:crypto';
import { get as getPlain, type IncomingMessage } from 'node:http';
import { get as getSecure } from 'node:https';
import { createGunzip } from 'node:zlib';
import type { Answer, Platform } from '../platform.js';

/** Node's own web client, gzip and SHA-256. */
export const nodePlatform: Platform = {
  open: (url, signal) => follow(url, signal, 5),
  gunzip(packed) {
    const stream = createGunzip({ chunkSize: 2 ** 18 });
    stream.end(packed);
    return stream;
  },
  sha256(pieces) {
    const hash = createHash('sha256');
    for (const piece of pieces) hash.update(piece);
    return hash.digest('hex');
  },
};

/** Not fetch, which unpacks what the checksum is of, and keeps the process alive for 10 s after a connection that was given up. */
async function follow(url: string, signal: AbortSignal, redirects: number): Promise<Answer> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const get = url.startsWith('https:') ? getSecure : getPlain;
    get(url, { signal }, resolve).on('error', reject);
  });
  const { statusCode: status = 0, statusMessage: statusText = '', headers } = response;
  if (status >= 300 && status < 400 && headers.location && redirects > 0) {
    response.destroy();
    return follow(new URL(headers.location, url).href, signal, redirects - 1);
  }
  const length = Number(headers['content-length']);
  return { status, statusText, ...(length > 0 && { length }), bytes: response };
}
