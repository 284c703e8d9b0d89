import {
  checksumOf,
  randomNumbers,
  shuffle,
  splitValidation,
  throwIfStopped,
  validationCountOf,
  type RandomNumbers,
  type StopSignal,
  type ValidationOptions,
} from '@ae/data';
import type { ImageDataSet, LabelledImages } from './data-set.js';
import { randomHand } from './digits/hand.js';
import { box, createInker, side } from './digits/ink.js';
import { emptyLine, write } from './digits/line.js';
import { type Shape, shapes } from './digits/shapes.js';
import type { Progress } from './progress.js';

export interface DigitsOptions extends ValidationOptions {
  /** @default 1 */
  seed?: number | undefined;
  /** Images for training and validation. @default 60,000, as MNIST */
  train?: number | undefined;
  /** Images for testing. @default 10,000, as MNIST */
  test?: number | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
  signal?: StopSignal | undefined;
}

/**
 * Draws a data set of digits that look handwritten: 28 by 28 pixels, the ink in a box of 20 pixels, its centre of mass in the middle, as
 * MNIST's. Each digit is written in several ways by hands that differ in slant, proportions, bows, width and pressure of the pen.
 * Every ten images that follow each other are the ten digits in some order. An image depends on the seed, its split and its place only,
 * never on how many are drawn, and is the same on every machine. The checksum is that of the data set written as four IDX files.
 * @throws RangeError for a seed that is no integer from 0 to 2^53 - 1, or a count that is no positive integer
 * @throws the signal's reason when it is aborted
 */
export async function digits(options: DigitsOptions = {}): Promise<ImageDataSet> {
  const { seed = 1, train = 60_000, test = 10_000, validationSeed, onProgress, signal } = options;
  checkInteger('seed', seed, 0);
  checkInteger('train', train, 1);
  checkInteger('test', test, 1);
  const artist = createArtist(seed);
  const total = train + test;

  const draw = async (split: number, count: number, before: number): Promise<LabelledImages> => {
    const set = emptySet(count);
    let rest = 0;
    for (let i = 0; i < count; i++) {
      if (i % 64 === 0 && Date.now() >= rest) {
        onProgress?.({ what: 'digits', done: before + i, total, unit: 'images' });
        await new Promise<void>((resolve) => setTimeout(resolve, 0));
        throwIfStopped(signal);
        rest = Date.now() + 50;
      }
      artist(set, split, i);
    }
    return set;
  };

  const trainable = await draw(0, train, 0);
  const testSet = await draw(1, test, train);
  onProgress?.({ what: 'digits', done: total, total, unit: 'images' });
  return {
    name: 'digits',
    source: `drawn by the embedded generator with seed ${seed}`,
    checksum: checksumOf([trainable, testSet]),
    ...(typeof validationSeed === 'number' && { validationSeed }),
    ...splitValidation(trainable, validationCountOf(train, options), validationSeed),
    test: testSet,
  };
}

/** Draws image `index` of a split into its place, and labels it. */
type Artist = (set: LabelledImages, split: number, index: number) => void;

function createArtist(seed: number): Artist {
  const line = emptyLine();
  const ink = createInker();
  const ten = new Uint8Array(10);
  return ({ values, labels }, split, index) => {
    // One stream for the order of each ten digits, one for each image.
    const order = shuffle(
      ten.map((_, i) => i),
      randomNumbers(seed, 2 * split, Math.floor(index / 10)),
    );
    const digit = order[index % 10]!;
    const random = randomNumbers(seed, 2 * split + 1, index);
    write(line, chooseShape(shapes[digit]!, random), randomHand(random), box, random);
    ink(line, values.subarray(index * side * side, (index + 1) * side * side));
    labels[index] = digit;
  };
}

function chooseShape(candidates: readonly Shape[], random: RandomNumbers): Shape {
  let rest = random.next() * candidates.reduce((sum, { weight }) => sum + weight, 0);
  return candidates.find(({ weight }) => (rest -= weight) < 0) ?? candidates[0]!;
}

function emptySet(count: number): LabelledImages {
  return {
    values: new Uint8Array(count * side * side),
    shape: [side, side, 1],
    count,
    labels: new Uint8Array(count),
    classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  };
}

function checkInteger(name: string, value: number, least: number) {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new RangeError(
      `Cannot draw digits: found ${name} ${value}, expected an integer of at least ${least}`,
    );
  }
}

/** Every platform has it; this door knows none. */
declare const setTimeout: (callback: () => void, milliseconds: number) => unknown;
