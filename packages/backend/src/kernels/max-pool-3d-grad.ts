import { backend_util, type KernelFunc, type TensorInfo, util } from '@tensorflow/tfjs';

interface Attributes {
  filterSize: number | [number, number, number];
  strides: number | [number, number, number];
  pad: 'valid' | 'same' | number;
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** What is used of TensorFlow.js's cpu backend, of which `native` is one. */
interface CpuBackend {
  readSync(dataId: object): Float32Array;
  makeTensorInfo(shape: number[], dtype: 'float32', values: Float32Array): TensorInfo;
}

/**
 * MaxPool3DGrad: dy goes to the first largest value of its window. The stock one mixes up height and width, so that
 * windows that are as high as they are wide are right and others are not.
 */
export const maxPool3dGrad: KernelFunc = (args) => {
  const { dy, input } = args.inputs as unknown as Record<string, TensorInfo>;
  const { filterSize, strides, pad, dimRoundingMode } = args.attrs as unknown as Attributes;
  const backend = args.backend as unknown as CpuBackend;
  const shape = input!.shape as [number, number, number, number, number];
  const info = backend_util.computePool3DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
  const [x, gradient] = [backend.readSync(input!.dataId), backend.readSync(dy!.dataId)];
  const out = new Float32Array(util.sizeFromShape(shape));
  let at = 0;
  for (let batch = 0; batch < shape[0]; batch++)
    for (let depth = 0; depth < info.outDepth; depth++)
      for (let row = 0; row < info.outHeight; row++)
        for (let column = 0; column < info.outWidth; column++)
          for (let channel = 0; channel < shape[4]; channel++) {
            const place = largest(x, info, batch, depth, row, column, channel);
            if (place >= 0) out[place]! += gradient[at]!;
            at++;
          }
  return backend.makeTensorInfo(shape, 'float32', out);
};

/** Where the first largest value of a window lies; −1 where there is none. */
function largest(
  x: Float32Array,
  info: backend_util.Conv3DInfo,
  batch: number,
  depth: number,
  row: number,
  column: number,
  channel: number,
): number {
  const { inDepth, inHeight, inWidth, inChannels, padInfo } = info;
  const [front, top, left] = [
    depth * info.strideDepth - padInfo.front,
    row * info.strideHeight - padInfo.top,
    column * info.strideWidth - padInfo.left,
  ];
  let best = -Infinity;
  let place = -1;
  for (let d = Math.max(front, 0); d < Math.min(front + info.filterDepth, inDepth); d++)
    for (let h = Math.max(top, 0); h < Math.min(top + info.filterHeight, inHeight); h++)
      for (let w = Math.max(left, 0); w < Math.min(left + info.filterWidth, inWidth); w++) {
        const index = (((batch * inDepth + d) * inHeight + h) * inWidth + w) * inChannels + channel;
        if (x[index]! > best) [best, place] = [x[index]!, index];
      }
  return place;
}
