import { DataError } from '../data-error.js';
import type { Examples } from '../examples.js';
import type { Reading, ReadOptions } from '../format.js';
import { pausesForEvents } from '../pause-for-events.js';
import { throwIfStopped } from '../stop-signal.js';
import { checkImageOptions } from './check-image-options.js';
import { decodeImage, NoDecoderError } from './decode-image.js';
import type { Pixels } from './pixels.js';
import { stackOfImages } from './stack-of-images.js';

/** One of many pictures: a file is one. */
export interface Picture {
  name: string;
  /** In bytes, where it is packed. */
  size?: number;
  /** The bytes of its file, or its pixels. */
  read(): Promise<Uint8Array | Pixels>;
}

export interface ImageExamples {
  /** With the pictures' names. */
  examples: Examples;
  /** Where each example stands among the pictures. */
  places: number[];
  /** The names of the pictures that were left out as broken. */
  skipped: string[];
}

/** Longer files of one picture are refused unread. */
const longestFile = 2 ** 28;

/** How much is read before it is unpacked. */
const ahead = { files: 32, bytes: 2 ** 26 };

/**
 * Pictures as examples `[height, width, channels]` of bytes, in their order, each with its name. Without `size` all must have one; without
 * `channels` they are grey where every pixel of every picture is. Memory is taken for the examples and for some files at a time.
 * @throws DataError for no picture, one that is broken (unless `skipBroken`), or one of another size
 * @throws RangeError for a size, a number of channels or a fit that is none
 * @throws the signal's reason once it is aborted
 */
export async function examplesOfImages(
  pictures: readonly Picture[],
  { skipBroken, ...options }: Pick<ReadOptions, 'size' | 'channels' | 'fit' | 'skipBroken'>,
  reading: Reading = {},
): Promise<ImageExamples> {
  checkImageOptions(options);
  if (pictures.length === 0) throw new DataError('Cannot read pictures: found none, expected at least one');
  const pause = pausesForEvents();
  const stack = stackOfImages(pictures.length, options);
  const [skipped, places]: [string[], number[]] = [[], []];

  for (let done = 0; done < pictures.length;) {
    const block = blockFrom(pictures, done);
    const read = block.map(startReading);
    for (const [i, picture] of block.entries()) {
      throwIfStopped(reading.signal);
      const pixels = await pixelsOf(picture, read[i]!);
      if (pixels) {
        stack.add(picture.name, pixels);
        places.push(done + i);
      } else skipped.push(picture.name);
      await pause();
    }
    done += block.length;
    reading.onProgress?.({ what: 'pictures', done, total: pictures.length, unit: 'files' });
  }
  const examples = stack.examples();
  if (!examples)
    throw new DataError(
      `Cannot read pictures: found all ${skipped.length} broken, the first ${skipped[0]}, expected one that is whole`,
    );
  return {
    examples: { ...examples, names: places.map((place) => pictures[place]!.name) },
    ...{ places, skipped },
  };

  async function pixelsOf({ name }: Picture, read: Started): Promise<Pixels | undefined> {
    try {
      const found = (await read)();
      return 'channels' in found ? found : await decodeImage(found, name, reading);
    } catch (error) {
      const isBroken = error instanceof DataError && !(error instanceof NoDecoderError);
      if (skipBroken && isBroken) return undefined;
      throw error;
    }
  }
}

/** What was read, or the error of it, once it is asked for: a file may fail before its turn. */
type Started = Promise<() => Uint8Array | Pixels>;

function startReading(picture: Picture): Started {
  const { name, size = 0 } = picture;
  if (size > longestFile)
    return Promise.resolve(() => {
      throw new DataError(
        `Cannot read ${name}: found ${size} bytes, expected at most ${longestFile} of a picture`,
      );
    });
  return picture.read().then(
    (found) => () => found,
    (error: unknown) => () => {
      throw error;
    },
  );
}

function blockFrom(pictures: readonly Picture[], from: number): Picture[] {
  let [to, bytes] = [from, 0];
  do bytes += pictures[to++]!.size ?? 0;
  while (
    to < Math.min(pictures.length, from + ahead.files) &&
    bytes + (pictures[to]!.size ?? 0) <= ahead.bytes
  );
  return pictures.slice(from, to);
}
