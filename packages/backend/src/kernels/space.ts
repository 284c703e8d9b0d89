import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs';

interface Attributes {
  pad: 'valid' | 'same' | number;
  strides: number | [number, number, number];
  filterSize?: number | [number, number, number];
}

/**
 * Kernels of windows in three dimensions refuse what TensorFlow.js places wrongly: with `same` padding and strides
 * larger than the window it begins outside, at −1, and leaves the border out.
 */
export const refuseWideStrides = Object.fromEntries(
  ['AvgPool3D', 'MaxPool3D', 'Conv3D'].map((name) => [
    name,
    (stock: KernelFunc): KernelFunc =>
      (args) => {
        const { pad, strides, filterSize } = args.attrs as unknown as Attributes;
        const { x, filter } = args.inputs as unknown as Record<string, TensorInfo>;
        const sides = each(filterSize ?? (filter!.shape as [number, number, number]));
        const space = x!.shape.slice(1, 4);
        const steps = each(strides);
        const wide = space.some(
          (side, d) => (Math.ceil(side / steps[d]!) - 1) * steps[d]! + sides[d]! < side,
        );
        if (pad === 'same' && wide)
          throw new RangeError(
            `Cannot compute ${name}: found strides ${steps.join(' × ')} larger than windows of ${sides.slice(0, 3).join(' × ')} ` +
              'with "same" padding, which TensorFlow.js places wrongly; use "valid" padding',
          );
        return stock(args);
      },
  ]),
);

const each = (sides: number | readonly number[]): readonly number[] =>
  typeof sides === 'number' ? [sides, sides, sides] : sides;
