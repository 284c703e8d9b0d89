import type { LayerKind } from '../layer.js';
import { sizeOf } from '../size-of.js';

/** 0 where a value is missing, NaN. */
export const missingAsZero: LayerKind = {
  follows: [],
  make: (_reader, from) => ({ shape: from, run: (input) => input.map((x) => (Number.isNaN(x) ? 0 : x)) }),
};

/** A softmax over the places of each category; `categories` says of which a column is a place, 0 of none. */
export const categoryProbabilities: LayerKind = {
  follows: ['categories'],
  make(reader, from) {
    const categories = reader.wholes('categories', sizeOf(from), 0);
    const most = categories.reduce((a, b) => Math.max(a, b), 0);
    if (most > categories.length)
      throw reader.wrong(`the category ${most}`, `at most ${categories.length}, the number of columns`);
    return {
      shape: from,
      run(input) {
        const highest = new Float64Array(most + 1).fill(-Infinity);
        categories.forEach((of, i) => (highest[of] = Math.max(highest[of]!, input[i]!)));
        const sums = new Float64Array(most + 1);
        const weights = Float64Array.from(input, (x, i) => Math.exp(x - highest[categories[i]!]!));
        categories.forEach((of, i) => (sums[of]! += weights[i]!));
        return input.map((x, i) => (categories[i] === 0 ? x : weights[i]! / sums[categories[i]!]!));
      },
    };
  },
};
