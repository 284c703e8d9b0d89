import { DataError } from '../data-error.js';
import type { Examples } from '../examples.js';
import type { DataFile, Format, ReadParts } from '../format.js';
import { examplesOfImages } from '../images/examples-of-images.js';
import { foldersOfPictures, type PartName } from '../images/folders-of-pictures.js';
import { isPicture } from '../images/is-picture.js';
import { labelled, labelsOfPictures } from '../images/labels-of-pictures.js';
import { listed } from '../images/listed.js';
import { slice } from '../select.js';

/** Pictures in files of their own. */
export const imageFolder: Format = {
  name: 'image-folder',
  summary:
    'A folder of pictures, PNG and JPEG and what else the platform reads: classes by sub-folder or by a CSV of labels, train, val and test by their folders',
  takes: ['size', 'channels', 'fit', 'label', 'skipBroken'],
  accepts: (names) => names.filter(isPicture).length * 3 > names.length,
  async read(files, { label, ...options }, reading) {
    const pictures = inParts(files.filter(({ name }) => isPicture(name)));
    if (pictures.length === 0)
      throw new DataError(
        `Cannot read pictures: found ${files.length} files of other names, expected .png, .jpg and the like`,
      );
    const labels = await labelsOfPictures(pictures, files, label, reading);
    const ignored = files.filter(({ name }) => !isPicture(name) && name !== labels.file);
    if (ignored.length > 0) reading.notice?.(`left out, as no pictures: ${listed(ignored)}`);

    const found = await examplesOfImages(
      pictures.map(({ file }) => file),
      options,
      reading,
    );
    const examples: Examples = { ...found.examples, ...labelled(found.places.map((at) => labels.of[at])) };
    return {
      ...cut(
        examples,
        found.places.map((at) => pictures[at]!.part),
      ),
      ...(found.skipped.length > 0 && { skipped: found.skipped }),
    };
  },
};

interface PlacedPicture {
  file: DataFile;
  part: PartName;
  folder: string | undefined;
}

const order: readonly PartName[] = ['all', 'train', 'validation', 'test'];

/** The parts one after the other, in each the files by name in the order of code units. */
function inParts(files: readonly DataFile[]): PlacedPicture[] {
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  const places = foldersOfPictures(sorted.map(({ name }) => name));
  const placed = sorted.map((file, i) => ({ file, ...places[i]! }));
  return order.flatMap((part) => placed.filter((picture) => picture.part === part));
}

/** The parts as views of all. */
function cut(examples: Examples, parts: readonly PartName[]): ReadParts {
  if (parts[0] === 'all') return { all: examples };
  const part = (name: PartName) => slice(examples, parts.indexOf(name), parts.lastIndexOf(name) + 1);
  if (!parts.includes('train'))
    throw new DataError('Cannot read pictures: found none in train that is whole, expected at least one');
  return {
    train: part('train'),
    ...(parts.includes('validation') && { validation: part('validation') }),
    ...(parts.includes('test') && { test: part('test') }),
  };
}
