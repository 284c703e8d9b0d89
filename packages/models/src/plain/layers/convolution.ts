import { activationOf } from '../activation.js';
import { addProducts } from '../add-products.js';
import type { LayerKind } from '../layer.js';
import type { LayerReader } from '../layer-reader.js';
import { pairsOf, stopsOf } from '../windows.js';

/** Over maps `[height, width, channels]`: every output reads the window of inputs around stride times its place. */
export const conv2d: LayerKind = {
  follows: ['strides', 'padding', 'activation'],
  only: { dilationRate: [1, 1], dataFormat: 'channelsLast' },
  make: (reader, from) =>
    convolution(reader, from, reader.weight('kernel', 4), reader.wholes('strides', 2, 1)),
};

/** Over sequences `[steps, channels]`, as over maps that are one row high. */
export const conv1d: LayerKind = {
  follows: conv2d.follows,
  only: { dilationRate: [1], dataFormat: 'channelsLast' },
  make(reader, [steps, channels]) {
    const { shape, data } = reader.weight('kernel', 3);
    const [stride] = reader.wholes('strides', 1, 1);
    const row = convolution(reader, [1, steps ?? 0, channels ?? 0], { shape: [1, ...shape], data }, [
      1,
      stride!,
    ]);
    return { ...row, shape: row.shape.slice(1) };
  },
};

function convolution(
  reader: LayerReader,
  from: readonly number[],
  { shape, data: kernel }: { shape: readonly number[]; data: Float32Array },
  strides: readonly number[],
) {
  const [kernelHeight, kernelWidth, inputs, outputs] = shape as [number, number, number, number];
  if (from.length !== 3 || from[2] !== inputs)
    throw reader.wrong(
      `a kernel of shape [${shape}] behind values of shape [${from}]`,
      `one of ${from[2]} channels`,
    );
  const padding = reader.oneOf('padding', ['same', 'valid']);
  const bias = reader.vector('bias', outputs);
  const activate = activationOf(reader);
  const size = [kernelHeight, kernelWidth];
  const small = size.map((side, axis) => stopsOf(from[axis]!, side, strides[axis]!, padding));
  const eachPair = pairsOf({ large: from, small, size, strides, padding });
  return {
    shape: [...small, outputs],
    run(input: Float32Array) {
      const sums = startFromBias(small[0]! * small[1]!, outputs, bias);
      eachPair((to, at, tap) =>
        addProducts(
          { input, at: at * inputs, inputs },
          { kernel, from: tap * inputs * outputs, outputs },
          sums,
          to * outputs,
        ),
      );
      return activate(sums);
    },
  };
}

export function startFromBias(places: number, outputs: number, bias: Float32Array | undefined): Float64Array {
  const sums = new Float64Array(places * outputs);
  if (bias) for (let place = 0; place < places; place++) sums.set(bias, place * outputs);
  return sums;
}
