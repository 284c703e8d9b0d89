import { isFloat, sizeOf, type NativeKernel, type NativeKernels } from '../kernel.js';
import { unaryOperations, type OperationName, type ParamsOf } from '../operations.js';

/** x → f(x) for float32, with the numbers that the operation takes. */
const unary =
  <Name extends OperationName>(
    operation: Name,
    numbers: (count: number, attrs: Record<string, number>) => ParamsOf<Name>,
  ): NativeKernel<Record<string, number>> =>
  (backend, { x }, attrs) => {
    if (!x || !isFloat(x)) return undefined;
    const params = numbers(sizeOf(x.shape), attrs ?? {});
    const out = backend.output(x.shape, 'float32');
    backend.launch(operation, params, [x], [out]);
    return out;
  };

export const unaryKernels: NativeKernels = {
  ...Object.fromEntries(
    unaryOperations.map((name) => [name, unary(name, (count) => [count]) as NativeKernel]),
  ),
  Step: unary('Step', (count, { alpha = 0 }) => [count, alpha]) as NativeKernel,
  LeakyRelu: unary('LeakyRelu', (count, { alpha = 0.2 }) => [count, alpha]) as NativeKernel,
  ClipByValue: unary('ClipByValue', (count, attrs) => [
    count,
    attrs.clipValueMin!,
    attrs.clipValueMax!,
  ]) as NativeKernel,
};
