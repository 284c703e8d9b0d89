import { gzipSync, zlibSync, zipSync } from 'fflate';
import { expect, test } from '@jest/globals';
import { encode } from 'fast-png';
import jpeg from 'jpeg-js';
import { fileOfBytes } from '../src/index.js';
import { crc32 } from '../src/archives/crc32.js';
import { type MutantOptions, readMutants } from './mutants.js';
import { noise, plainPng } from './pictures.js';

/** Of each file. */
const count = Number(process.env['AE_MUTANTS'] ?? 1000);

/** 12 × 10 pixels in ten scans, colours in every second pixel, by ImageMagick. */
const progressive =
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7' +
  'gYKBTmCNl4x9lnN+gXz/2wBDARUXFx4aHjshITt8U0ZTfHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8' +
  'fHx8fHx8fHz/wgARCAAKAAwDASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAAAQME/8QAFQEBAQAAAAAAAAAAAAAAAAAAAgT/' +
  '2gAMAwEAAhADEAAAAcTEuf8A/8QAFhAAAwAAAAAAAAAAAAAAAAAAABAR/9oACAEBAAEFAiv/xAAWEQADAAAAAAAAAAAAAAAAAAAA' +
  'AhP/2gAIAQMBAT8Bsx//xAAWEQADAAAAAAAAAAAAAAAAAAAAAhP/2gAIAQIBAT8Bgp//xAAVEAEBAAAAAAAAAAAAAAAAAAAgMf/a' +
  'AAgBAQAGPwKj/8QAGBAAAwEBAAAAAAAAAAAAAAAAABEhEEH/2gAIAQEAAT8hcUDHM//aAAwDAQACAAMAAAAQg//EABYRAAMAAAAA' +
  'AAAAAAAAAAAAAAARMf/aAAgBAwEBPxBEP//EABURAQEAAAAAAAAAAAAAAAAAAAAR/9oACAECAQE/ELP/xAAZEAEAAwEBAAAAAAAA' +
  'AAAAAAABADFxEWH/2gAIAQEAAT8Q5oR7DhGmkVKWf//Z';

const png = (channels: number, depth: 8 | 16) => {
  const data = noise(1, 10, 3).slice(0, 9 * 7 * channels);
  return encode({ width: 9, height: 7, channels, depth, data: depth === 8 ? data : Uint16Array.from(data) });
};

/** A PNG of places in a palette with opacity, two bits each, interlaced: 5 × 5 in lines of 3 × 1, 2 × 1, … as Adam7 has them. */
const palette = (() => {
  const sizes = [
    [1, 1],
    [1, 1],
    [2, 1],
    [1, 2],
    [3, 1],
    [2, 3],
    [5, 2],
  ] as const;
  const lines = sizes.flatMap(([columns, rows]) =>
    Array.from({ length: rows }, (_, row) => [row % 2, ...Array<number>(Math.ceil(columns / 4)).fill(0x1b)]),
  );
  return sealed([
    ['IHDR', [0, 0, 0, 5, 0, 0, 0, 5, 2, 3, 0, 0, 1]],
    ['PLTE', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
    ['tRNS', [0, 128]],
    ['IDAT', [...zlibSync(Uint8Array.from(lines.flat()))]],
    ['IEND', []],
  ]);
})();

function sealed(parts: [type: string, content: number[]][]): Uint8Array {
  const bytes = [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10];
  const word = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
  for (const [type, content] of parts) {
    const body = [...new TextEncoder().encode(type), ...content];
    bytes.push(...word(content.length), ...body, ...word(crc32(Uint8Array.from(body))));
  }
  return Uint8Array.from(bytes);
}

/** Every part of a PNG with its right checksum, as far as its lengths lead. */
function resealed(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 8; at + 12 <= bytes.length;) {
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.length) break;
    view.setUint32(end - 4, crc32(bytes.subarray(at + 4, end - 4)));
    at = end;
  }
  return bytes;
}

/** The first block of a tar with its right checksum. */
function rechecked(bytes: Uint8Array): Uint8Array {
  if (bytes.length < 512) return bytes;
  const sum = bytes.subarray(0, 512).reduce((sum, byte, i) => sum + (i >= 148 && i < 156 ? 32 : byte), 0);
  bytes.set(new TextEncoder().encode(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
  return bytes;
}

const files = [plainPng('a.png', 1), plainPng('b.png', 2)];
const named = Object.fromEntries(
  await Promise.all(files.map(async ({ name, read }) => [name, await read()] as const)),
);
const tar = tarOf(named);

/** ustar of a few short files. */
function tarOf(entries: Record<string, Uint8Array>): Uint8Array {
  const blocks = Object.entries(entries).map(([name, bytes]) => {
    const block = new Uint8Array(512 + Math.ceil(bytes.length / 512) * 512);
    block.set(new TextEncoder().encode(name));
    block.set(new TextEncoder().encode(bytes.length.toString(8).padStart(11, '0')), 124);
    block.set(new TextEncoder().encode('0ustar'), 156);
    block.set(bytes, 512);
    return rechecked(block);
  });
  return Uint8Array.from([...blocks.flatMap((block) => [...block]), ...new Uint8Array(1024)]);
}

const rgba = new Uint8Array(16 * 12 * 4).map((_, i) => (i * 53) % 256);
const wholes: [name: string, file: string, bytes: Uint8Array, options?: Partial<MutantOptions>][] = [
  ['a PNG of colours', 'x.png', png(3, 8)],
  ['a PNG of colours, checksums mended', 'x.png', png(4, 8), { mend: resealed }],
  ['a PNG of 16 bits, checksums mended', 'x.png', png(2, 16), { mend: resealed }],
  ['an interlaced PNG of a palette, checksums mended', 'x.png', palette, { mend: resealed }],
  ['a JPEG', 'x.jpg', Uint8Array.from(jpeg.encode({ width: 16, height: 12, data: rgba }, 50).data)],
  ['a progressive JPEG', 'x.jpg', Uint8Array.from(Buffer.from(progressive, 'base64'))],
  ['a tar', 'x.tar', tar],
  ['a tar, checksums mended', 'x.tar', tar, { mend: rechecked }],
  ['a packed tar', 'x.tgz', gzipSync(tar)],
  ['a zip', 'x.zip', zipSync(named)],
  ['CIFAR', 'data_batch_1.bin', Uint8Array.from({ length: 2 * 3073 }, (_, i) => i % 10)],
  [
    ...([
      'a table of labels',
      'labels.csv',
      new TextEncoder().encode('file,label\na.png,cat\nb.png,"dog"\n'),
    ] as const),
    { beside: files, format: 'image-folder', label: 'labels.csv' },
  ],
];

const memory = () => process.memoryUsage().rss / 2 ** 20;

for (const [name, file, bytes, options] of wholes)
  test(
    `${count} mutants of ${name} are read or refused by a DataError, in little time and memory`,
    async () => {
      const before = memory();
      const { read, refused, slowest } = await readMutants(file, bytes, { count, ...options });
      const grown = memory() - before;
      console.log(
        `${count} mutants of ${name}: ${read} read, ${refused} refused; slowest ${slowest.toFixed(0)} ms; memory grew by ${grown.toFixed(0)} MiB`,
      );
      expect(refused).toBeGreaterThan(count / 20);
      expect(slowest).toBeLessThan(2000);
      expect(grown).toBeLessThan(400);
    },
    60_000 + count * 10,
  );

test('what the mutants are made of is whole', async () => {
  for (const [, file, bytes, options] of wholes) {
    const { readData } = await import('../src/index.js');
    const { beside = [], mend = (same: Uint8Array) => same, ...rest } = options ?? {};
    await readData(file, [fileOfBytes(file, mend(bytes.slice())), ...beside], rest);
  }
});
