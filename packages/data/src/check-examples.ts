import { type Examples, sizeOf, widthOf } from './examples.js';

/**
 * That the arrays are of the kinds and lengths that `count` and `shape` say. Bytes would be cut and floats turned into 0 where they are
 * read as another kind, or as another number of examples.
 * @param cannot what fails, such as `Cannot make batches`
 */
export function checkExamples(
  cannot: string,
  { values, shape, count, labels, names, fields }: Examples,
): void {
  const kind = kindOf(values);
  if (kind !== 'Uint8Array' && kind !== 'Float32Array')
    throw new TypeError(
      `${cannot}: found values as ${kind}, expected a Uint8Array of bytes or a Float32Array; fromArray() converts others`,
    );
  checkShape(cannot, shape);
  if (!Number.isSafeInteger(count) || count < 0)
    throw new TypeError(`${cannot}: found count ${count}, expected a whole number of examples`);
  const expected = count * sizeOf(shape);
  if (values.length !== expected)
    throw new TypeError(
      `${cannot}: found ${values.length} values, expected ${expected} for ${count} examples of ${shape.join(' × ')}${hintOf(values.length / expected, shape)}`,
    );
  if (labels !== undefined && !['Uint8Array', 'Uint16Array'].includes(kindOf(labels)))
    throw new TypeError(
      `${cannot}: found labels as ${kindOf(labels)}, expected a Uint8Array or a Uint16Array; fromArray() converts others`,
    );
  if (fields && widthOf(fields) !== shape.at(-1))
    throw new TypeError(
      `${cannot}: found fields of ${widthOf(fields)} values, expected ${shape.at(-1)}, the last side of the shape`,
    );
  for (const [what, list] of Object.entries({ labels, names }))
    if (list && list.length !== count)
      throw new TypeError(`${cannot}: found ${list.length} ${what}, expected ${count}, one an example`);
}

/** That a shape is a list of sides. */
export function checkShape(cannot: string, shape: readonly number[]): void {
  if (
    !Array.isArray(shape) ||
    shape.length === 0 ||
    !shape.every((side) => Number.isSafeInteger(side) && side > 0)
  )
    throw new TypeError(
      `${cannot}: found shape ${JSON.stringify(shape)}, expected whole numbers from 1 such as [28, 28, 1] or [20]`,
    );
}

/** By its tag, because an array may come from another realm, such as a worker's or a frame's. */
export const kindOf = (data: unknown): string =>
  Object.prototype.toString.call(data).slice('[object '.length, -1);

function hintOf(times: number, shape: readonly number[]): string {
  if (shape.length !== 3 || shape[2] !== 1 || (times !== 3 && times !== 4)) return '';
  return `; ${times} values a pixel are ${times === 3 ? 'RGB' : 'RGBA'}, shape [${shape[0]}, ${shape[1]}, ${times}]`;
}
