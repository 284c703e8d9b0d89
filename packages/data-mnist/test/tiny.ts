import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { writeIdx } from '@ae/data';
import { type IdxFile, type Part, parts } from '../src/data-set.js';
import { fileNames, type PublishedDataSet, type PublishedFile } from '../src/published.js';

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** The unpacked files of a data set of 24 training and 6 test images of 4 by 3 pixels; pixels and labels count upwards. */
export function tinyFiles(): Record<Part, Uint8Array> {
  const images = (count: number) =>
    writeIdx({ shape: [count, 4, 3], data: Uint8Array.from({ length: count * 12 }, (_, i) => i % 251) });
  const labels = (count: number) =>
    writeIdx({ shape: [count], data: Uint8Array.from({ length: count }, (_, i) => i % 10) });
  return { trainImages: images(24), trainLabels: labels(24), testImages: images(6), testLabels: labels(6) };
}

/** The same with names for errors. */
export function named(files: Record<Part, Uint8Array>): Record<Part, IdxFile> {
  return Object.fromEntries(
    parts.map((part) => [part, { file: fileNames[part], bytes: files[part] }]),
  ) as Record<Part, IdxFile>;
}

/** The data set as it would stand in the catalog. */
export function tinyDataSet(
  mirrors: readonly string[],
  pin: 'sha256' | 'gzipSha256' = 'sha256',
): PublishedDataSet {
  const files = tinyFiles();
  const entry = (part: Part): PublishedFile => ({
    name: fileNames[part],
    bytes: files[part].length,
    [pin]: sha256(pin === 'sha256' ? files[part] : gzipSync(files[part])),
  });
  return {
    name: 'tiny',
    description: 'a data set for tests',
    mirrors,
    validation: 2,
    classes: [...'0123456789'],
    files: Object.fromEntries(
      parts.map((part) => [part, entry(part)]),
    ) as unknown as PublishedDataSet['files'],
  };
}

/** What a mirror answers: path → gzip. */
export function tinyMirror(): Record<string, Uint8Array> {
  const files = tinyFiles();
  return Object.fromEntries(parts.map((part) => [`/${fileNames[part]}.gz`, gzipSync(files[part])]));
}
