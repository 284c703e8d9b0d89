import { backend_util, type TensorInfo, util } from '@tensorflow/tfjs';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { run, withMemory } from './kernel.js';

type Shape4D = [number, number, number, number];

export interface ConvolutionAttributes {
  strides: number | [number, number];
  pad: Parameters<typeof backend_util.computeConv2DInfo>[4];
  dataFormat: 'NHWC' | 'NCHW';
  dilations?: number | [number, number];
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** A 2-D convolution of channels-last images, seen as a product with the matrix of its windows. */
export interface Convolution {
  info: backend_util.Conv2DInfo;
  /** Output positions: one row each in the matrix of windows. */
  positions: number;
  /** Inputs under a window: one column each. */
  taps: number;
  channels: number;
  /** The arguments of `gather` and `scatter` between the image and the range of positions. */
  geometry: number[];
}

export function convolution(
  inputShape: number[],
  filterShape: number[],
  attrs: ConvolutionAttributes,
): Convolution {
  const { strides, pad, dataFormat, dilations = 1, dimRoundingMode } = attrs;
  if (dataFormat !== 'NHWC')
    throw new TypeError(
      `Cannot convolve on the wasm backend: found data format "${dataFormat}", expected NHWC`,
    );
  const info = backend_util.computeConv2DInfo(
    inputShape as Shape4D,
    filterShape as Shape4D,
    strides,
    dilations,
    pad,
    dimRoundingMode,
  );
  return {
    info,
    positions: info.batchSize * info.outHeight * info.outWidth,
    taps: info.filterHeight * info.filterWidth * info.inChannels,
    channels: info.outChannels,
    geometry: [
      ...[info.inHeight, info.inWidth, info.inChannels, info.filterHeight, info.filterWidth],
      ...[
        info.strideHeight,
        info.strideWidth,
        info.padInfo.top,
        info.padInfo.left,
        info.outHeight,
        info.outWidth,
      ],
    ],
  };
}

/** Uses `dy` of a convolution: the part of it that belongs to an output position, where it has more. */
export function withOutput(
  dy: TensorInfo,
  { info: { outShape } }: Convolution,
  backend: BackendWasm,
  use: (dy: TensorInfo) => void,
): void {
  if (util.arraysEqual(dy.shape, outShape)) return use(dy);
  const part = run('Slice', { inputs: { x: dy }, attrs: { begin: [0, 0, 0, 0], size: outShape }, backend });
  use(part);
  backend.disposeData(part.dataId);
}

/** Walks the matrix of windows in blocks of positions that fit a processor's cache; `rows` is memory for one block. */
export function eachBlock(
  { positions, taps }: Convolution,
  backend: BackendWasm,
  visit: (from: number, to: number, rows: number) => void,
): void {
  const size = Math.min(positions, Math.max(16, Math.floor(BLOCK / taps)));
  withMemory(4 * size * taps, backend, (rows) => {
    for (let from = 0; from < positions; from += size) visit(from, Math.min(from + size, positions), rows);
  });
}

/** Values in a block: 128 KiB of them were fastest of 64 KiB to 1 MiB. */
const BLOCK = 32768;
