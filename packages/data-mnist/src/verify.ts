import { DataError, isGzip, unpackIdx } from '@ae/data';
import type { Platform } from './platform.js';
import type { PublishedFile } from './published.js';

/**
 * The unpacked bytes of a published file, known to be what was published.
 * @param asPublished whether the bytes are packed as the publisher did, so that a checksum of the gzip says something
 * @throws DataError when the length or the checksum differs, or the file is no whole IDX file
 */
export async function verifyFile(
  bytes: Uint8Array,
  published: PublishedFile,
  { file, asPublished, platform }: { file: string; asPublished: boolean; platform: Platform },
): Promise<Uint8Array> {
  if (published.gzipSha256 && asPublished && isGzip(bytes)) {
    expectChecksum(file, 'gzip', await platform.sha256([bytes]), published.gzipSha256);
  }
  const unpacked = await unpackIdx(bytes, { file, limit: published.bytes, gunzip: platform.gunzip });
  if (unpacked.length !== published.bytes) {
    throw new DataError(
      `Cannot read ${file}: found ${unpacked.length} bytes, expected ${published.bytes} for ${published.name}`,
    );
  }
  if (published.sha256)
    expectChecksum(file, 'unpacked file', await platform.sha256([unpacked]), published.sha256);
  return unpacked;
}

function expectChecksum(file: string, what: string, found: string, expected: string) {
  if (found !== expected) {
    throw new DataError(`Cannot read ${file}: found SHA-256 ${found} for the ${what}, expected ${expected}`);
  }
}
