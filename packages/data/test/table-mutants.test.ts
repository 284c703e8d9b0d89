import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync, zipSync } from 'fflate';
import { expect, test } from '@jest/globals';
import { fileOfBytes, readData, writeIdx, writeNpy } from '../src/index.js';
import { crc32 } from '../src/archives/crc32.js';
import { type MutantOptions, readMutants } from './mutants.js';

/** Of each file. */
const count = Number(process.env['AE_MUTANTS'] ?? 1000);

const text = (lines: string) => new TextEncoder().encode(lines);
const numbers = Float64Array.from({ length: 36 }, (_, i) => i / 7);
const npy = writeNpy({ shape: [6, 2, 3], data: numbers });
const pair = { 'X.npy': npy, 'y.npy': writeNpy({ shape: [6], data: Uint8Array.of(0, 1, 0, 1, 1, 0) }) };
const idx = writeIdx({ shape: [4, 3, 2], data: Uint8Array.from({ length: 24 }, (_, i) => i) });
const parquetOf = (name: string) =>
  new Uint8Array(readFileSync(fileURLToPath(new URL(`parquet/${name}.parquet`, import.meta.url))));
const columns = { columns: ['size', 'kind', 'code', 'age'], missing: 'keep' } as const;

/** The checksum of the first file of a ZIP that is not packed, put right in its directory. */
function resealed(zip: Uint8Array): Uint8Array {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.length);
  for (let at = zip.length - 46; at > 0; at--) {
    if (view.getUint32(at, true) !== 0x02014b50) continue;
    view.setUint32(at + 16, crc32(zip.subarray(35, 35 + view.getUint32(at + 24, true))), true);
    break;
  }
  return zip;
}

const wholes: [name: string, file: string, bytes: Uint8Array, options?: Partial<MutantOptions>][] = [
  [
    'a CSV table',
    'x.csv',
    text('name,kind,weight\nTom,cat,4.5\nRex,"dog",30\nKit,cat,3e0\n'),
    { key: 'name' },
  ],
  ['a CSV table of gaps', 'x.csv', text('a;b;c\n1;2;\n3;NA;x\n5;6;x\n'.repeat(3)), { missing: 'drop' }],
  ['a TSV table, broken rows left out', 'x.tsv', text('a\tb\n1\t2\n3\t4\n5\t-6e2\n'), { skipBroken: true }],
  ['an array of NumPy’s', 'x.npy', npy],
  ['an archive of NumPy’s, packed', 'x.npz', zipSync(pair)],
  [
    'an archive of NumPy’s, checksums mended',
    'x.npz',
    zipSync({ 'X.npy': npy }, { level: 0 }),
    { mend: resealed },
  ],
  ['an IDX file', 'x-idx3-ubyte', idx],
  ['a packed IDX file', 'x-idx3-ubyte.gz', gzipSync(idx)],
  ['a Parquet table', 'x.parquet', parquetOf('none'), columns],
  ['a Parquet table, packed by snappy', 'x.parquet', parquetOf('snappy'), columns],
  ['a Parquet table, packed by gzip', 'x.parquet', parquetOf('gzip'), columns],
  ['a Parquet table, packed by zstd', 'x.parquet', parquetOf('zstd'), columns],
  ['a Parquet table, packed by brotli', 'x.parquet', parquetOf('brotli'), { ...columns, count: count / 10 }],
  ['a Parquet table, packed by LZ4', 'x.parquet', parquetOf('lz4'), columns],
  ['a Parquet table of pages of version 2', 'x.parquet', parquetOf('pages-v2'), columns],
  ['a Parquet table of other encodings', 'x.parquet', parquetOf('split'), columns],
  ['Parquet pictures', 'x.parquet', parquetOf('train-00000-of-00001')],
];

const memory = () => process.memoryUsage().rss / 2 ** 20;

for (const [name, file, bytes, options] of wholes)
  test(
    `mutants of ${name} are read or refused by a DataError, in little time and memory`,
    async () => {
      const before = memory();
      const { read, refused, slowest } = await readMutants(file, bytes, { count, ...options });
      const grown = memory() - before;
      console.log(
        `${read + refused} mutants of ${name}: ${read} read, ${refused} refused; slowest ${slowest.toFixed(0)} ms; memory grew by ${grown.toFixed(0)} MiB`,
      );
      expect(refused).toBeGreaterThan((read + refused) / 20);
      expect(slowest).toBeLessThan(5000);
      expect(grown).toBeLessThan(400);
    },
    60_000 + count * 50,
  );

test('what the mutants are made of is whole', async () => {
  for (const [, file, bytes, options] of wholes) {
    const { mend = (same: Uint8Array) => same, beside: _beside, count: _count, ...rest } = options ?? {};
    await readData(file, [fileOfBytes(file, mend(bytes.slice()))], rest);
  }
});
