import { DataError } from '../data-error.js';
import type { Examples } from '../examples.js';
import type { DataFile, Format, Reading, ReadOptions, ReadParts } from '../format.js';
import { examplesOfImages, type Picture } from '../images/examples-of-images.js';
import type { Pixels } from '../images/pixels.js';
import { slice } from '../select.js';
import { throwIfStopped } from '../stop-signal.js';
import { decodeLeniently } from '../utf8.js';

/**
 * CIFAR in its binary version: a record is a label (CIFAR-100: a coarse and a fine one) and 32 × 32 pixels, red, then green, then blue.
 * Source: Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009; https://www.cs.toronto.edu/~kriz/cifar.html
 */
export const cifar: Format = {
  name: 'cifar',
  summary:
    'CIFAR-10 and CIFAR-100 in their binary version: data_batch_1.bin … test_batch.bin, or train.bin and test.bin',
  takes: ['size', 'channels', 'fit', 'label'],
  accepts: (names) => {
    const files = names.map(baseName);
    return (
      files.some((name) => batches.test(name)) &&
      files.every((name) => batches.test(name) || texts.test(name))
    );
  },
  async read(files, { label, channels = 3, ...options }, reading) {
    const named = (name: RegExp) =>
      files.filter((file) => name.test(baseName(file.name))).sort((a, b) => (a.name < b.name ? -1 : 1));
    const isHundred = named(/^(train|test)\.bin$/).length > 0;
    const [train, test] = isHundred
      ? [named(/^train\.bin$/), named(/^test\.bin$/)]
      : [named(/^data_batch/), named(/^test_batch/)];
    if (train.length + test.length === 0)
      throw new DataError(
        `Cannot read CIFAR: found ${files.length} files of other names, expected data_batch_1.bin, test_batch.bin, train.bin or test.bin`,
      );
    const kind = kindOf(isHundred, label);
    const classes = await classesOf(named(kind.classes)[0], kind.count, reading);
    const batches: Batch[] = [];
    for (const file of [...train, ...test]) batches.push(await batchOf(file, kind, reading));

    const { examples } = await examplesOfImages(
      batches.flatMap(picturesOf),
      { ...options, channels },
      reading,
    );
    const { names: _, ...all }: Examples = {
      ...examples,
      labels: Uint8Array.from(batches.flatMap(({ labels }) => [...labels])),
      ...(classes && { classes }),
    };
    const inTrain = batches.slice(0, train.length).reduce((sum, { labels }) => sum + labels.length, 0);
    return partsOf(all, inTrain);
  },
};

const batches = /^((data|test)_batch(_\d+)?|train|test)\.bin$/;
const texts = /\.(txt|html)$/i;
const baseName = (name: string) => name.slice(name.lastIndexOf('/') + 1);

const side = 32;
const plane = side * side;

interface Kind {
  /** Bytes of labels before the pixels, and which of them counts. */
  labels: number;
  place: number;
  /** How many classes there are, and which file has their names. */
  count: number;
  classes: RegExp;
}

function kindOf(isHundred: boolean, label: ReadOptions['label']): Kind {
  const kinds: Record<string, Kind> = isHundred
    ? {
        fine: { labels: 2, place: 1, count: 100, classes: /^fine_label_names\.txt$/ },
        coarse: { labels: 2, place: 0, count: 20, classes: /^coarse_label_names\.txt$/ },
      }
    : { fine: { labels: 1, place: 0, count: 10, classes: /^batches\.meta\.txt$/ } };
  const kind = kinds[label ?? 'fine'];
  if (kind) return kind;
  throw new RangeError(
    `Cannot read CIFAR: found label ${label}, expected ${Object.keys(kinds).join(' or ')}`,
  );
}

async function classesOf(file: DataFile | undefined, count: number, { notice }: Reading) {
  if (!file) {
    notice?.('the classes have no names: their file is not there');
    return undefined;
  }
  if (file.size > 2 ** 16)
    throw new DataError(`Cannot read ${file.name}: found ${file.size} bytes, expected ${count} names`);
  const lines = decodeLeniently(await file.read()).split('\n');
  const names = lines.map((line) => line.trim()).filter((line) => line !== '');
  if (names.length !== count)
    throw new DataError(`Cannot read ${file.name}: found ${names.length} lines, expected ${count} names`);
  return names;
}

interface Batch {
  name: string;
  labels: Uint8Array;
  /** Where the pixels of a record begin, and how long it is. */
  at: number;
  length: number;
  bytes: Uint8Array;
}

async function batchOf(file: DataFile, { labels, place, count }: Kind, { signal }: Reading): Promise<Batch> {
  const { name, size } = file;
  const length = labels + 3 * plane;
  throwIfStopped(signal);
  if (size === 0 || size % length !== 0)
    throw new DataError(
      `Cannot read ${name}: found ${size} bytes, expected a multiple of ${length}, a label and 32 × 32 × 3 pixels; it is cut, or no CIFAR`,
    );
  const bytes = await file.read();
  const found = Uint8Array.from({ length: bytes.length / length }, (_, i) => bytes[i * length + place]!);
  const wrong = found.findIndex((label) => label >= count);
  if (wrong >= 0)
    throw new DataError(
      `Cannot read ${name}: found label ${found[wrong]} in picture ${wrong}, expected 0 to ${count - 1}`,
    );
  return { name, labels: found, at: labels, length, bytes };
}

const picturesOf = ({ name, labels, at, length, bytes }: Batch): Picture[] =>
  Array.from(labels, (_, i) => ({
    name: `${name}, picture ${i}`,
    read: () => Promise.resolve(interleaved(bytes.subarray(i * length + at, (i + 1) * length))),
  }));

/** Red, green and blue of each pixel together. */
function interleaved(planes: Uint8Array): Pixels {
  const data = new Uint8Array(3 * plane);
  for (let i = 0; i < plane; i++) {
    data[3 * i] = planes[i]!;
    data[3 * i + 1] = planes[plane + i]!;
    data[3 * i + 2] = planes[2 * plane + i]!;
  }
  return { width: side, height: side, channels: 3, data };
}

function partsOf(all: Examples, inTrain: number): ReadParts {
  if (inTrain === 0 || inTrain === all.count) return { all };
  return { train: slice(all, 0, inTrain), test: slice(all, inTrain, all.count) };
}
