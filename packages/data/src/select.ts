import { type Examples, sizeOf } from './examples.js';

/** The examples from one place up to another, as views of what is given. */
export function slice<Some extends Examples>(examples: Some, from: number, to: number): Some {
  const { values, labels, names, shape } = examples;
  const size = sizeOf(shape);
  return {
    ...examples,
    values: values.subarray(from * size, to * size),
    count: to - from,
    ...(labels && { labels: labels.subarray(from, to) }),
    ...(names && { names: names.slice(from, to) }),
  } as Some;
}

/** The examples at these places, in this order, as copies of their kind. */
export function select<Some extends Examples>(examples: Some, places: ArrayLike<number>): Some {
  const { values, labels, names, shape } = examples;
  const size = sizeOf(shape);
  const count = places.length;
  const selected = likeOf(values, count * size);
  for (let i = 0; i < count; i++)
    selected.set(values.subarray(places[i]! * size, (places[i]! + 1) * size), i * size);
  return {
    ...examples,
    values: selected,
    count,
    ...(labels && { labels: pick(labels, places) }),
    ...(names && { names: Array.from(places, (place) => names[place]!) }),
  } as Some;
}

/** An empty array of the same kind, told by its width because it may come from another realm. */
const likeOf = ({ BYTES_PER_ELEMENT }: Uint8Array | Float32Array, length: number) =>
  BYTES_PER_ELEMENT === 4 ? new Float32Array(length) : new Uint8Array(length);

function pick(labels: Uint8Array | Uint16Array, places: ArrayLike<number>): Uint8Array | Uint16Array {
  const picked =
    labels.BYTES_PER_ELEMENT === 2 ? new Uint16Array(places.length) : new Uint8Array(places.length);
  for (let i = 0; i < places.length; i++) picked[i] = labels[places[i]!]!;
  return picked;
}
