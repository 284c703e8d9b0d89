import { createHash } from 'node:crypto';
import { createGunzip } from 'node:zlib';
import type { Platform } from '../verify.js';

/** Node's own gzip and SHA-256. */
export const nodePlatform: Platform = {
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
