import { sizeOf, type NativeKernel, type NativeKernels } from '../kernel.js';

interface PhiloxRandomAttrs {
  distribution: 'normal' | 'uniform';
  shape: number[];
  seed: number;
  counter: number;
}

const philoxRandom: NativeKernel<PhiloxRandomAttrs> = (
  backend,
  _inputs,
  { distribution, shape, seed, counter },
) => {
  const out = backend.output(shape, 'float32');
  backend.launch('PhiloxRandom', [+(distribution === 'normal'), sizeOf(shape), seed, counter], [], [out]);
  return out;
};

export const randomKernels: NativeKernels = { PhiloxRandom: philoxRandom as NativeKernel };
