import { activationOf } from '../activation.js';
import { addProducts } from '../add-products.js';
import type { LayerKind } from '../layer.js';
import { sizeOf } from '../size-of.js';

/** Fully connected along the last side: y = f(x·W + b). */
export const dense: LayerKind = {
  follows: ['activation'],
  make(reader, from) {
    const { shape, data: kernel } = reader.weight('kernel', 2);
    const [inputs, outputs] = shape as [number, number];
    if (from.at(-1) !== inputs)
      throw reader.wrong(
        `a kernel of shape [${shape}] behind values of shape [${from}]`,
        `[${from.at(-1)}, …]`,
      );
    const bias = reader.vector('bias', outputs);
    const activate = activationOf(reader);
    const rows = sizeOf(from) / inputs;
    return {
      shape: [...from.slice(0, -1), outputs],
      run(input) {
        const sums = new Float64Array(rows * outputs);
        for (let row = 0; row < rows; row++) {
          if (bias) sums.set(bias, row * outputs);
          addProducts({ input, at: row * inputs, inputs }, { kernel, from: 0, outputs }, sums, row * outputs);
        }
        return activate(sums);
      },
    };
  },
};
