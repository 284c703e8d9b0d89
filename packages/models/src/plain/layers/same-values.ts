import type { LayerKind } from '../layer.js';
import { sizeOf } from '../size-of.js';

/** `[…]` → one row. */
export const flatten: LayerKind = {
  follows: [],
  make: (_reader, from) => ({ shape: [sizeOf(from)], run: (input) => input }),
};

/** The same numbers in another shape. */
export const reshape: LayerKind = {
  follows: ['targetShape'],
  make: (reader, from) => ({ shape: reader.shape('targetShape', sizeOf(from)), run: (input) => input }),
};

/** What does something in training only: dropout and added noise. */
export const training: LayerKind = {
  follows: [],
  make: (_reader, from) => ({ shape: from, run: (input) => input }),
};
