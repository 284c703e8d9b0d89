import { isFloat, sizeOf, type NativeKernel, type NativeKernels } from '../kernel.js';

/** x → f(x) for float32, by the name of the kernel, with the numbers that follow the count. */
const unary =
  (
    operation: string,
    numbers: (attrs: Record<string, number>) => number[] = () => [],
  ): NativeKernel<Record<string, number>> =>
  (backend, { x }, attrs) => {
    if (!x || !isFloat(x)) return undefined;
    const extra = numbers(attrs ?? {});
    const out = backend.output(x.shape, 'float32');
    backend.launch(operation, [sizeOf(x.shape), ...extra], [x], [out]);
    return out;
  };

const simple = [
  ...['Abs', 'Neg', 'Square', 'Sqrt', 'Rsqrt', 'Reciprocal', 'Relu', 'Relu6', 'Exp', 'Expm1', 'Log', 'Log1p'],
  ...[
    'Sigmoid',
    'Softplus',
    'Tanh',
    'Elu',
    'Selu',
    'Sign',
    'Floor',
    'Ceil',
    'Round',
    'Cos',
    'Sin',
    'Tan',
    'Acos',
  ],
  ...['Asin', 'Atan', 'Cosh', 'Sinh', 'Acosh', 'Asinh', 'Atanh', 'Erf'],
];

export const unaryKernels: NativeKernels = {
  ...Object.fromEntries(simple.map((name) => [name, unary(name) as NativeKernel])),
  Step: unary('Step', ({ alpha = 0 }) => [alpha]) as NativeKernel,
  LeakyRelu: unary('LeakyRelu', ({ alpha = 0.2 }) => [alpha]) as NativeKernel,
  ClipByValue: unary('ClipByValue', (attrs) => [attrs.clipValueMin!, attrs.clipValueMax!]) as NativeKernel,
};
