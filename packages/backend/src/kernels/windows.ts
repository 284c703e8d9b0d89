import type { backend_util, KernelFunc, NamedAttrMap, TensorInfo } from '@tensorflow/tfjs';

interface Attributes {
  strides: number | [number, number];
  pad: 'valid' | 'same' | number | backend_util.ExplicitPadding;
  dilations?: number | [number, number] | null;
  dimRoundingMode?: 'floor' | 'round' | 'ceil' | null;
  dataFormat?: string;
  filterSize?: number | [number, number];
  inputShape?: number[];
  filterShape?: number[];
}

type Inputs = Record<string, TensorInfo>;

/** The images, and the height and width of the filter, of a kernel. */
type Shapes = (inputs: Inputs, attrs: Attributes) => { images: number[]; filter: number[] };

const ofFilter: Shapes = ({ x, filter }) => ({ images: x!.shape, filter: filter!.shape });
const ofPool: Shapes = ({ x, input }, { filterSize }) => ({
  images: (x ?? input)!.shape,
  filter: both(filterSize!),
});
const ofInputGradient: Shapes = ({ filter }, { inputShape }) => ({
  images: inputShape!,
  filter: filter!.shape,
});
const ofFilterGradient: Shapes = ({ x }, { filterShape }) => ({ images: x!.shape, filter: filterShape! });

/**
 * Kernels of windows that get every padding spelt out. TensorFlow.js counts the windows of a padding in pixels by the
 * height of the filter alone, so `wasm` writes past the end of a tensor where the filter is not square; several kernels
 * leave `dimRoundingMode` out; and gradients are not told of it.
 */
const windowed: Record<string, Shapes> = {
  Conv2D: ofFilter,
  FusedConv2D: ofFilter,
  DepthwiseConv2dNative: ofFilter,
  FusedDepthwiseConv2D: ofFilter,
  Conv2DBackpropInput: ofInputGradient,
  Conv2DBackpropFilter: ofFilterGradient,
  DepthwiseConv2dNativeBackpropInput: ofInputGradient,
  DepthwiseConv2dNativeBackpropFilter: ofFilterGradient,
  MaxPool: ofPool,
  AvgPool: ofPool,
  MaxPoolGrad: ofPool,
  AvgPoolGrad: ofPool,
};

export const spellOutWindows = Object.fromEntries(
  Object.entries(windowed).map(([name, shapes]) => [
    name,
    (stock: KernelFunc): KernelFunc =>
      (args) => {
        const attrs = args.attrs as unknown as Attributes;
        const inputs = args.inputs as unknown as Inputs;
        if (!isToBeSpelt(attrs, shapes(inputs, attrs))) return stock(args);
        const pad = spelt(attrs, shapes(inputs, attrs), inputs.dy?.shape);
        return stock({
          ...args,
          attrs: { ...attrs, pad, dimRoundingMode: undefined } as unknown as NamedAttrMap,
        });
      },
  ]),
);

/** A padding in pixels or with rounding; `same` where strides leave pixels out, which `wasm` does not compute. */
function isToBeSpelt({ pad, strides, dilations }: Attributes, { filter }: ReturnType<Shapes>): boolean {
  if (pad === 'valid') return false;
  const [steps, spread] = [both(strides), both(dilations ?? 1)];
  return pad !== 'same' || [0, 1].some((d) => steps[d]! > (filter[d]! - 1) * spread[d]! + 1);
}

/** The padding before and after each side; where the gradient of a result is there, it has as many windows. */
function spelt(
  { pad, strides, dilations, dimRoundingMode, dataFormat }: Attributes,
  { images, filter }: ReturnType<Shapes>,
  result?: number[],
): backend_util.ExplicitPadding {
  const first = dataFormat === 'NCHW' || dataFormat === 'channelsFirst' ? 2 : 1;
  const steps = both(strides);
  const spread = both(dilations ?? 1);
  const sides = [0, 1].map((d): [number, number] => {
    const length = images[first + d]!;
    const reach = (filter[d]! - 1) * spread[d]! + 1;
    if (pad === 'same') {
      const padding = Math.max(0, (Math.ceil(length / steps[d]!) - 1) * steps[d]! + reach - length);
      return [Math.floor(padding / 2), Math.ceil(padding / 2)];
    }
    const [before, after] = typeof pad === 'object' ? pad[first + d]! : [pad as number, pad as number];
    const round = Math[dimRoundingMode ?? 'floor'];
    const windows = result?.[first + d] ?? round((length + before + after - reach) / steps[d]!) + 1;
    return [before, Math.max(0, (windows - 1) * steps[d]! + reach - length - before)];
  });
  const [rows, columns] = sides as [[number, number], [number, number]];
  const none: [number, number] = [0, 0];
  return first === 1 ? [none, rows, columns, none] : [none, none, rows, columns];
}

const both = (sides: number | number[]): number[] => (typeof sides === 'number' ? [sides, sides] : sides);
