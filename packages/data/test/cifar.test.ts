import { describe, expect, test } from '@jest/globals';
import { type DataFile, type Examples, fileOfBytes, readData, type ReadDataOptions } from '../src/index.js';

/** A record: its labels, and planes of one red, one green and one blue, the first pixel apart. */
function record(labels: number[], first: number[], others: number[]): number[] {
  return [...labels, ...first.flatMap((value, c) => [value, ...Array<number>(1023).fill(others[c]!)])];
}
const batch = (name: string, ...records: number[][]): DataFile =>
  fileOfBytes(name, Uint8Array.from(records.flat()));
const lines = (name: string, names: string[]) =>
  fileOfBytes(name, new TextEncoder().encode(`${names.join('\n')}\n\n`));
const ten = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'];
const read = async (files: DataFile[], options: ReadDataOptions = {}, notices: string[] = []) =>
  (await readData('cifar', files, options, { notice: (line) => notices.push(line) })) as unknown as Record<
    string,
    Examples
  > & { format: string };

describe('cifar', () => {
  const files = [
    batch('c/test_batch.bin', record([9], [1, 2, 3], [4, 5, 6])),
    batch('c/data_batch_2.bin', record([3], [40, 50, 60], [0, 0, 0])),
    batch('c/data_batch_1.bin', record([1], [10, 20, 30], [0, 0, 0]), record([2], [0, 0, 0], [7, 8, 9])),
    lines('c/batches.meta.txt', ten),
    lines('c/readme.html', ['<html>']),
  ];

  test('reads CIFAR-10: batches in their order, planes as pixels, names of classes', async () => {
    const { format, train, test } = await read(files);
    expect(format).toBe('cifar');
    expect(train).toMatchObject({
      count: 3,
      shape: [32, 32, 3],
      labels: Uint8Array.of(1, 2, 3),
      classes: ten,
    });
    expect([...train!.values.subarray(0, 6)]).toEqual([10, 20, 30, 0, 0, 0]);
    expect([...train!.values.subarray(3072, 3078)]).toEqual([0, 0, 0, 7, 8, 9]);
    expect([...test!.values.subarray(0, 6)]).toEqual([1, 2, 3, 4, 5, 6]);
    expect(test).toMatchObject({ count: 1, labels: Uint8Array.of(9) });
  });

  test('gives one part where there is one, and says where classes have no names', async () => {
    const notices: string[] = [];
    const { all } = await read(files.slice(1, 3), { size: 8, channels: 1 }, notices);
    expect(all).toMatchObject({ count: 3, shape: [8, 8, 1] });
    expect(notices).toEqual(['the classes have no names: their file is not there']);
  });

  test('reads CIFAR-100 by its fine labels, or its coarse ones', async () => {
    const hundred = [
      batch('train.bin', record([19, 99], [0, 0, 0], [0, 0, 0])),
      batch('test.bin', record([0, 5], [0, 0, 0], [0, 0, 0])),
      lines(
        'fine_label_names.txt',
        Array.from({ length: 100 }, (_, i) => `fine ${i}`),
      ),
      lines(
        'coarse_label_names.txt',
        Array.from({ length: 20 }, (_, i) => `coarse ${i}`),
      ),
    ];
    const fine = await read(hundred);
    expect([fine['train']!.labels, fine['test']!.labels]).toEqual([Uint8Array.of(99), Uint8Array.of(5)]);
    expect(fine['train']!.classes![99]).toBe('fine 99');
    const coarse = await read(hundred, { label: 'coarse' });
    expect([coarse['train']!.labels, coarse['test']!.labels]).toEqual([Uint8Array.of(19), Uint8Array.of(0)]);
    await expect(read(hundred, { label: 'colour' })).rejects.toThrow(
      'Cannot read CIFAR: found label colour, expected fine or coarse',
    );
  });

  test('refuses a file that is cut, and a label that is no class', async () => {
    const cut = fileOfBytes('data_batch_1.bin', new Uint8Array(3072));
    await expect(read([cut])).rejects.toThrow(
      'Cannot read data_batch_1.bin: found 3072 bytes, expected a multiple of 3073, a label and 32 × 32 × 3 pixels; it is cut, or no CIFAR',
    );
    const wrong = batch(
      'data_batch_1.bin',
      record([1], [0, 0, 0], [0, 0, 0]),
      record([10], [0, 0, 0], [0, 0, 0]),
    );
    await expect(read([wrong])).rejects.toThrow('found label 10 in picture 1, expected 0 to 9');
    await expect(read([files[1]!, lines('batches.meta.txt', ['one'])])).rejects.toThrow(
      'Cannot read batches.meta.txt: found 1 lines, expected 10 names',
    );
  });
});
