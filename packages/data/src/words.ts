/** What examples of a shape are called where people read of them. */
export interface Words {
  /** One example: an image, a row, a window. */
  one: string;
  many: string;
  /** One number of it: a pixel of a grey image, otherwise a value. */
  value: string;
  values: string;
  /** The shape, without the one channel of grey images. */
  size: string;
}

/** The words for examples of shape `[height, width, channels]`, `[columns]` or `[steps, channels]`. */
export function wordsFor(shape: readonly number[]): Words {
  const isGrey = shape.length === 3 && shape[2] === 1;
  const one = { 1: 'row', 2: 'window', 3: 'image' }[shape.length] ?? 'example';
  const value = isGrey ? 'pixel' : 'value';
  return {
    ...{ one, many: `${one}s`, value, values: `${value}s` },
    size: (isGrey ? shape.slice(0, 2) : shape).join(' × '),
  };
}

/** With a capital, at the start of a sentence or as a heading. */
export const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
