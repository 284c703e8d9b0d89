import { DataError } from '../data-error.js';
import type { Idx } from './array.js';

/*
 * What is particular to sets that come as IDX files.
 *
 * EMNIST (Cohen, Afshar, Tapson and van Schaik, EMNIST: an extension of MNIST to handwritten letters, 2017) has its images with rows and
 * columns exchanged, and classes by its mapping files: of the letters 1 to 26, the two cases as one; of `balanced` and `bymerge` those
 * letters once whose two cases look alike.
 * QMNIST (Yadav and Bottou, Cold case: the lost MNIST digits, 2019) has eight numbers a label, of which the class is the first.
 */

/** Images as they are to be seen. */
export function upright({ shape, data }: Idx, set: string): Idx {
  const [count = 0, width = 0, height = 0] = shape;
  if (!isEmnist(set) || shape.length !== 3) return { shape, data };
  const turned = data.slice();
  for (let image = 0; image < count; image++)
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++)
        turned[(image * height + row) * width + column] = data[(image * width + column) * height + row]!;
  return { shape: [count, height, width], data: turned };
}

/**
 * The labels of a set, with the names of its classes where they are known.
 * @throws DataError for labels of another shape, fractions, and letters that are none
 */
export function labelsOf(
  { shape, data }: Idx,
  { set, file }: { set: string; file: string },
): { labels: number[]; classes?: string[] } {
  const [count = 0, ...sides] = shape;
  const size = sides.reduce((product, side) => product * side, 1);
  if (size !== 1 && !(set === 'qmnist' && sides.length === 1 && size > 0))
    throw new DataError(`Cannot read ${file}: found labels of shape [${shape}], expected one an example`);
  const first = isEmnist(set) && set.endsWith('letters') ? 1 : 0;
  const classes = isEmnist(set) ? classesOf(set) : undefined;
  const most = classes?.length ?? 65_536;
  const labels = Array.from({ length: count }, (_, i) => data[i * size]! - first);
  const wrong = labels.findIndex((label) => !Number.isInteger(label) || label < 0 || label >= most);
  if (wrong >= 0)
    throw new DataError(
      `Cannot read ${file}: found label ${labels[wrong]! + first} at ${wrong}, expected whole numbers from ${first} to ${most - 1 + first}`,
    );
  return { labels, ...(classes && { classes }) };
}

const isEmnist = (set: string) => /^emnist\b/.test(set);

function classesOf(set: string): string[] | undefined {
  const [digits, capitals] = ['0123456789', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const classes: Record<string, string | undefined> = {
    ...{ letters: capitals, digits, mnist: digits },
    byclass: digits + capitals + capitals.toLowerCase(),
    ...{ balanced: `${digits}${capitals}abdefghnqrt`, bymerge: `${digits}${capitals}abdefghnqrt` },
  };
  return classes[set.replace(/^emnist[-_.]/, '')]?.split('');
}
