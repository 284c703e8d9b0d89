import { type Doubles, indexOf, make, type Reference, sizeOf, valueAt } from './doubles.js';
import { finished } from './products.js';

interface Attributes {
  strides: number | number[];
  pad: 'valid' | 'same' | number | [number, number][];
  filterSize?: number | number[];
  dilations?: number | number[];
  dataFormat?: string;
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
  inputShape?: number[];
}

/** Windows along one axis: `count` of them; tap t of window w lies at w·stride + t·dilation − before. */
interface Windows {
  count: number;
  taps: number;
  stride: number;
  dilation: number;
  before: number;
}

/** As TensorFlow places them: https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2 */
function windowsOf(lengths: number[], taps: number[], attrs: Attributes): Windows[] {
  const each = (given: number | number[] | undefined, d: number) =>
    Array.isArray(given) ? given[d]! : (given ?? 1);
  return lengths.map((length, d) => {
    const [stride, dilation] = [each(attrs.strides, d), each(attrs.dilations, d)];
    const reach = (taps[d]! - 1) * dilation + 1;
    const { pad } = attrs;
    if (pad === 'same') {
      const count = Math.ceil(length / stride);
      const padding = Math.max(0, (count - 1) * stride + reach - length);
      return { count, taps: taps[d]!, stride, dilation, before: Math.floor(padding / 2) };
    }
    const [before, after] = typeof pad === 'number' ? [pad, pad] : pad === 'valid' ? [0, 0] : pad[d + 1]!;
    const round = Math[attrs.dimRoundingMode ?? 'floor'];
    const count = Math.max(0, round((length + before + after - reach) / stride) + 1);
    return { count, taps: taps[d]!, stride, dilation, before };
  });
}

/** Visits every tap that lies inside of one window. */
function eachTap(
  windows: Windows[],
  lengths: number[],
  at: number[],
  visit: (from: number[], tap: number[]) => void,
) {
  make(windows.map(({ taps }) => taps), (tap) => {
    const from = windows.map(({ stride, dilation, before }, d) => at[d]! * stride + tap[d]! * dilation - before);
    if (from.every((place, d) => place >= 0 && place < lengths[d]!)) visit(from, tap);
    return 0;
  }); // prettier-ignore
}

const spaceOf = (shape: number[]) => shape.slice(1, -1);

const permuted = (x: Doubles, order: number[]): Doubles =>
  make(order.map((d) => x.shape[d]!), (at) => valueAt(x, x.shape.map((_, d) => at[order.indexOf(d)]!))); // prettier-ignore

/** [batch, …space, in] with [...taps, in, out]; for depthwise ones every input channel has `out` filters of its own. */
function convolution(x: Doubles, filter: Doubles, attrs: Attributes, depthwise = false): Doubles {
  if (attrs.dataFormat === 'NCHW') {
    const last = convolution(permuted(x, [0, 2, 3, 1]), filter, { ...attrs, dataFormat: 'NHWC' }, depthwise);
    return permuted(last, [0, 3, 1, 2]);
  }
  const space = spaceOf(x.shape);
  const windows = windowsOf(space, filter.shape.slice(0, -2), attrs);
  const [ins, outs] = filter.shape.slice(-2) as [number, number];
  const shape = [x.shape[0]!, ...windows.map(({ count }) => count), depthwise ? ins * outs : outs];
  return make(shape, (at) => {
    const channel = at.at(-1)!;
    let sum = 0;
    eachTap(windows, space, at.slice(1, -1), (from, tap) => {
      if (depthwise) {
        const c = Math.floor(channel / outs);
        sum += valueAt(x, [at[0]!, ...from, c]) * valueAt(filter, [...tap, c, channel % outs]);
      } else
        for (let c = 0; c < ins; c++)
          sum += valueAt(x, [at[0]!, ...from, c]) * valueAt(filter, [...tap, c, channel]);
    });
    return sum;
  });
}

/** The transposed convolution: every output position of the plain one is added to the places that it came from. */
function transposed(dy: Doubles, filter: Doubles, attrs: Attributes): Doubles {
  const shape = attrs.inputShape!;
  const space = spaceOf(shape);
  const windows = windowsOf(space, filter.shape.slice(0, -2), attrs);
  const values = new Float64Array(sizeOf(shape));
  make(dy.shape, (at) => {
    const value = valueAt(dy, at);
    eachTap(windows, space, at.slice(1, -1), (from, tap) => {
      for (let c = 0; c < shape.at(-1)!; c++)
        values[indexOf(shape, [at[0]!, ...from, c])]! += value * valueAt(filter, [...tap, c, at.at(-1)!]);
    });
    return 0;
  });
  return { shape, values };
}

function pool(x: Doubles, attrs: Attributes, f: (values: number[]) => number): Doubles {
  const space = spaceOf(x.shape);
  const taps = space.map((_, d) =>
    Array.isArray(attrs.filterSize) ? attrs.filterSize[d]! : attrs.filterSize!,
  );
  const windows = windowsOf(space, taps, attrs);
  return make([x.shape[0]!, ...windows.map(({ count }) => count), x.shape.at(-1)!], (at) => {
    const values: number[] = [];
    eachTap(windows, space, at.slice(1, -1), (from) =>
      values.push(valueAt(x, [at[0]!, ...from, at.at(-1)!])),
    );
    return f(values);
  });
}

const average = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const largest = (values: number[]) => Math.max(...values);

/** Greyscale dilation: the largest of x + filter under a window. */
function dilation(x: Doubles, filter: Doubles, attrs: Attributes): Doubles {
  const space = spaceOf(x.shape);
  const windows = windowsOf(space, filter.shape.slice(0, 2), attrs);
  return make([x.shape[0]!, ...windows.map(({ count }) => count), x.shape[3]!], (at) => {
    let most = -Infinity;
    eachTap(windows, space, at.slice(1, -1), (from, tap) => {
      most = Math.max(most, valueAt(x, [at[0]!, ...from, at[3]!]) + valueAt(filter, [...tap, at[3]!]));
    });
    return most;
  });
}

export const windowed: Record<string, Reference> = {
  Conv2D: ({ x, filter }, attrs) => convolution(x!, filter!, attrs),
  Conv3D: ({ x, filter }, attrs) => convolution(x!, filter!, attrs),
  FusedConv2D: ({ x, filter, bias }, attrs) => finished(convolution(x!, filter!, attrs), bias, attrs),
  DepthwiseConv2dNative: ({ x, filter }, attrs) => convolution(x!, filter!, attrs, true),
  FusedDepthwiseConv2D: ({ x, filter, bias }, attrs) =>
    finished(convolution(x!, filter!, attrs, true), bias, attrs),
  Conv2DBackpropInput: ({ dy, filter }, attrs) => transposed(dy!, filter!, attrs),
  Conv3DBackpropInputV2: ({ dy, filter }, attrs) => transposed(dy!, filter!, attrs),
  AvgPool: ({ x }, attrs) => pool(x!, attrs, average),
  AvgPool3D: ({ x }, attrs) => pool(x!, attrs, average),
  MaxPool: ({ x }, attrs) => pool(x!, attrs, largest),
  MaxPool3D: ({ x }, attrs) => pool(x!, attrs, largest),
  Dilation2D: ({ x, filter }, attrs) => dilation(x!, filter!, attrs),
};
