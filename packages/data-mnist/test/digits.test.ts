import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { writeIdx } from '@ae/data';
import {
  dataSetFromIdx,
  digits,
  type ImageDataSet,
  type LabelledImages,
  type Progress,
} from '../src/index.js';
import { shapes } from '../src/digits/shapes.js';
import { nearestLabels } from './nearest-neighbour.js';

const image = ({ values }: LabelledImages, i: number) => values.subarray(i * 784, (i + 1) * 784);

describe('digits()', () => {
  let full: ImageDataSet;
  const progress: Progress[] = [];
  let seconds: number;

  beforeAll(async () => {
    const start = process.cpuUsage();
    full = await digits({ onProgress: (step) => progress.push(step) });
    seconds = process.cpuUsage(start).user / 1e6;
  }, 120_000);

  test('draws as many images as MNIST has, in seconds', () => {
    const { train, validation, test } = full;
    expect([train.count, validation.count, test.count]).toEqual([55_000, 5000, 10_000]);
    expect(train.shape).toEqual([28, 28, 1]);
    expect(train.values.length + validation.values.length).toBe(60_000 * 784);
    expect(seconds).toBeLessThan(15); // 2.5 on a quiet machine
  });

  test('draws every digit equally often, in every ten images that follow each other', () => {
    for (let i = 0; i < 55_000; i += 10) {
      if (new Set(full.train.labels.subarray(i, i + 10)).size !== 10)
        throw new Error(`not ten digits from image ${i} on`);
    }
    expect(full.train.labels.subarray(0, 10)).not.toEqual(full.train.labels.subarray(10, 20));
  });

  test('draws no two of 70,000 images alike', () => {
    const seen = new Set<string>();
    for (const set of [full.train, full.validation, full.test]) {
      for (let i = 0; i < set.count; i++) seen.add(createHash('md5').update(image(set, i)).digest('base64'));
    }
    expect(seen.size).toBe(70_000);
  });

  test('draws what a nearest-neighbour reader with 5,000 examples reads at 95 % or better', () => {
    let rightByOne = 0;
    let rightByThree = 0;
    for (let i = 0; i < 1000; i++) {
      const [first, second, third] = nearestLabels(full.train, 5000, image(full.test, i));
      if (first === full.test.labels[i]) rightByOne++;
      if ((second === third ? second : first) === full.test.labels[i]) rightByThree++;
    }
    expect(rightByOne).toBeGreaterThanOrEqual(950);
    expect(rightByThree).toBeGreaterThanOrEqual(950);
  });

  test('centres each image by its mass and fits the ink into 20 pixels, as MNIST does', () => {
    for (let i = 0; i < 2000; i++) {
      const { mass, x, y, width, height } = measure(image(full.train, i));
      expect(mass).toBeGreaterThan(0);
      expect(Math.abs(x - 13.5)).toBeLessThanOrEqual(0.51);
      expect(Math.abs(y - 13.5)).toBeLessThanOrEqual(0.51);
      expect(Math.max(width, height)).toBeGreaterThanOrEqual(17);
      expect(Math.max(width, height)).toBeLessThanOrEqual(23);
    }
  });

  test('is as bright as MNIST on average: mean 0.1307, standard deviation 0.3081', () => {
    const values = full.train.values.subarray(0, 5000 * 784);
    let sum = 0;
    let squares = 0;
    for (const value of values) {
      sum += value / 255;
      squares += (value / 255) ** 2;
    }
    const mean = sum / values.length;
    expect(mean).toBeCloseTo(0.1307, 2);
    expect(Math.sqrt(squares / values.length - mean ** 2)).toBeCloseTo(0.3081, 2);
  });

  test('tells how far it has come', () => {
    expect(progress.length).toBeGreaterThan(3);
    expect(progress.at(-1)).toEqual({ what: 'digits', done: 70_000, total: 70_000, unit: 'images' });
    expect(progress.map(({ done }) => done)).toEqual(progress.map(({ done }) => done).sort((a, b) => a - b));
  });

  test('draws an image by the seed and its place alone, however many are drawn', async () => {
    const few = await digits({ train: 30, test: 20, validationCount: 0 });
    expect(few.train.values).toEqual(full.train.values.subarray(0, 30 * 784));
    expect(few.test.values).toEqual(full.test.values.subarray(0, 20 * 784));
    expect(few.train.labels).toEqual(full.train.labels.subarray(0, 30));
    const other = await digits({ seed: 2, train: 30, test: 20, validationCount: 0 });
    expect(other.train.values).not.toEqual(few.train.values);
  });

  test('draws the same images on every machine and in every version of this package', async () => {
    // Computed by this package. A change of this number is a change of everybody's data: say so in the changeset.
    expect(full.checksum).toBe('daa93b693883f6780042d4681ef691694fe6be598861ad5907bc864380a74619');
    expect((await digits({ seed: 2, train: 100, test: 10 })).checksum).toBe(
      '20ca7fb76952cb89f426541b0123fb5a2414235e05d409e90148b614018275e7',
    );
  });

  test('has the checksum of its four IDX files', async () => {
    const { train, test, ...drawn } = await digits({ train: 30, test: 10, validationCount: 0 });
    const imageFile = (set: LabelledImages) => ({
      file: 'images',
      bytes: writeIdx({ shape: [set.count, 28, 28], data: set.values }),
    });
    const labelFile = (set: LabelledImages) => ({
      file: 'labels',
      bytes: writeIdx({ shape: [set.count], data: set.labels }),
    });
    const files = {
      trainImages: imageFile(train),
      trainLabels: labelFile(train),
      testImages: imageFile(test),
      testLabels: labelFile(test),
    };
    expect(dataSetFromIdx(files, { name: 'digits', source: 'files' }).checksum).toBe(drawn.checksum);
  });

  test('stops when it is told to', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('enough')), 100);
    await expect(digits({ signal: stop.signal })).rejects.toThrow('enough');
    await expect(digits({ signal: AbortSignal.abort(new Error('not even begun')) })).rejects.toThrow(
      'not even begun',
    );
  });

  test('refuses seeds and counts that are none', async () => {
    await expect(digits({ seed: 1.5 })).rejects.toThrow(
      'Cannot draw digits: found seed 1.5, expected an integer of at least 0',
    );
    await expect(digits({ train: 0 })).rejects.toThrow(RangeError);
    await expect(digits({ train: 10, test: 10, validationCount: 10 })).rejects.toThrow(RangeError);
  });
});

test('every digit can be written in at least three ways', () => {
  expect(shapes.length).toBe(10);
  for (const ways of shapes) expect(ways.length).toBeGreaterThanOrEqual(3);
});

/** Ink, its centre of mass, and the box of what is darker than half. */
function measure(pixels: Uint8Array) {
  let mass = 0;
  let massX = 0;
  let massY = 0;
  const columns: number[] = [];
  const rows: number[] = [];
  pixels.forEach((value, i) => {
    mass += value;
    massX += value * (i % 28);
    massY += value * Math.floor(i / 28);
    if (value > 63) {
      columns.push(i % 28);
      rows.push(Math.floor(i / 28));
    }
  });
  const extent = (values: number[]) => Math.max(...values) - Math.min(...values) + 1;
  return { mass, x: massX / mass, y: massY / mass, width: extent(columns), height: extent(rows) };
}
