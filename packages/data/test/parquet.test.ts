import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { DataError, fileOfBytes, readData, type Examples, type ReadDataOptions } from '../src/index.js';

/** Written by pyarrow: test/parquet/write.py. */
const bytesOf = (name: string) =>
  new Uint8Array(readFileSync(fileURLToPath(new URL(`parquet/${name}`, import.meta.url))));
const fileOf = (name: string) => fileOfBytes(name, bytesOf(name));
const read = async (name: string, options: ReadDataOptions = {}, notices: string[] = []) =>
  (await readData(name, [fileOf(name)], options, { notice: (text) => notices.push(text) })) as unknown as {
    all: Examples;
    skipped?: string[];
  };

const names = ['none', 'snappy', 'gzip', 'zstd', 'brotli', 'lz4', 'pages-v2', 'split'];

describe('parquet', () => {
  test.each(names)('reads numbers, categories and lists of a table: %s', async (name) => {
    const { all } = await read(`${name}.parquet`, {
      ...{ columns: ['size', 'age', 'kind', 'odd', 'code'], missing: 'keep', key: 'when' },
    });
    expect(all.fields).toEqual([
      { name: 'size', kind: 'number' },
      { name: 'age', kind: 'number' },
      { name: 'kind', kind: 'category', categories: ['cat', 'dog', 'é, "x"'] },
      ...['odd', 'code[0]', 'code[1]'].map((name) => ({ name, kind: 'number' })),
    ]);
    const expected = Array.from({ length: 200 }, (_, i) => [
      ...[i / 7, i === 3 ? NaN : i * 3],
      ...[0, 1, 2].map((kind) => (i % 3 === kind ? 1 : 0)),
      ...[i % 2, i, i + 0.5],
    ]);
    expect(all.values).toEqual(Float32Array.from(expected.flat()));
    expect(all.names!.slice(0, 2)).toEqual(['1970-01-01T00:00:00.000Z', '1970-01-02T00:00:00.000Z']);
  });

  test('takes labels, leaves out rows that lack a value, and reads like before', async () => {
    const { all } = await read('snappy.parquet', {
      columns: ['age', 'size'],
      label: 'kind',
      missing: 'drop',
    });
    expect(all).toMatchObject({ count: 199, shape: [2], classes: ['cat', 'dog', 'é, "x"'] });
    expect(Array.from(all.labels!.subarray(0, 5))).toEqual([0, 1, 2, 1, 2]);
    const like = { fields: all.fields };
    expect((await read('gzip.parquet', { like, missing: 'drop' })).all.values).toEqual(all.values);
  });

  test('refuses missing values, dates and what is no number or text, and says what to do', async () => {
    const refused = (options: ReadDataOptions, message: string) =>
      expect(read('snappy.parquet', options)).rejects.toThrow(message);
    await refused({ columns: ['age'] }, 'Cannot read snappy.parquet, row 4: found no value in column "age"');
    await refused({ columns: ['when'] }, 'found dates such as "1970-01-01T00:00:00.000Z"');
    await refused({ columns: ['size'], label: 'code' }, 'row 1: found a record or list in column "code"');
    await refused({ label: 'none' }, 'found no column "none", expected one of size, age, kind, odd, code[0]');
  });

  test('reads pictures with their labels, as Hugging Face writes them, in parts by their names', async () => {
    const files = ['train-00000-of-00001.parquet', 'test-00000-of-00001.parquet'].map(fileOf);
    expect(await readData('pictures', files)).toEqual({
      format: 'parquet',
      train: {
        ...{ values: Uint8Array.of(10, 255, 200, 255, 20, 255, 220, 255), shape: [1, 2, 1], count: 4 },
        ...{ labels: Uint8Array.of(0, 1, 0, 1), classes: ['dark', 'light'] },
        names: [1, 2, 3, 4].map((row) => `train-00000-of-00001.parquet, row ${row}`),
      },
      test: {
        ...{ values: Uint8Array.of(30, 255), shape: [1, 2, 1], count: 1 },
        ...{ labels: Uint8Array.of(0), classes: ['dark', 'light'] },
        names: ['test-00000-of-00001.parquet, row 1'],
      },
    });
    const { all } = await read('test-00000-of-00001.parquet', { label: 'none', size: 4, channels: 3 });
    expect(all).toMatchObject({ shape: [4, 4, 3], count: 1 });
    expect(all.labels).toBeUndefined();
  });

  test('refuses what is no Parquet file, or is cut', async () => {
    const whole = bytesOf('snappy.parquet');
    for (const bytes of [
      new Uint8Array(),
      whole.subarray(0, 100),
      whole.subarray(0, -9),
      whole.subarray(9),
    ]) {
      const reading = readData('x.parquet', [fileOfBytes('x.parquet', bytes)], { columns: ['size'] });
      await expect(reading).rejects.toThrow(DataError);
      await expect(reading).rejects.toThrow(
        /^Cannot read x.parquet.*: found .*, expected a whole Parquet file/,
      );
    }
  });
});
