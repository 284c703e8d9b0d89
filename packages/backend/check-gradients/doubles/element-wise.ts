import { type Doubles, make, type Reference, sizeOf } from './doubles.js';

type Numbers = Record<string, number>;

const unary: Record<string, (x: number, attrs: Numbers) => number> = {
  Abs: Math.abs,
  Acos: Math.acos,
  Acosh: Math.acosh,
  Asin: Math.asin,
  Asinh: Math.asinh,
  Atan: Math.atan,
  Atanh: Math.atanh,
  Ceil: Math.ceil,
  ClipByValue: (x, { clipValueMin, clipValueMax }) => Math.min(Math.max(x, clipValueMin!), clipValueMax!),
  Cos: Math.cos,
  Cosh: Math.cosh,
  Elu: (x) => (x >= 0 ? x : Math.expm1(x)),
  Erf: erf,
  Exp: Math.exp,
  Expm1: Math.expm1,
  Floor: Math.floor,
  Identity: (x) => x,
  LeakyRelu: (x, { alpha }) => (x >= 0 ? x : alpha! * x),
  Log: Math.log,
  Log1p: Math.log1p,
  Neg: (x) => -x,
  OnesLike: () => 1,
  Reciprocal: (x) => 1 / x,
  Relu: (x) => Math.max(x, 0),
  Relu6: (x) => Math.min(Math.max(x, 0), 6),
  Round: roundHalfToEven,
  Rsqrt: (x) => 1 / Math.sqrt(x),
  Selu: (x) => 1.0507009873554805 * (x >= 0 ? x : 1.6732632423543772 * Math.expm1(x)),
  Sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  Sign: Math.sign,
  Sin: Math.sin,
  Sinh: Math.sinh,
  Softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  Sqrt: Math.sqrt,
  Square: (x) => x * x,
  Step: (x, { alpha = 0 }) => (x > 0 ? 1 : alpha),
  Tan: Math.tan,
  Tanh: Math.tanh,
  ZerosLike: () => 0,
};

const questions: Record<string, (x: number) => boolean> = {
  IsFinite: Number.isFinite,
  IsInf: (x) => Math.abs(x) === Infinity,
  IsNan: Number.isNaN,
  LogicalNot: (x) => x === 0,
};

const binary: Record<string, (a: number, b: number) => number> = {
  Add: (a, b) => a + b,
  Atan2: Math.atan2,
  FloorDiv: (a, b) => Math.floor(a / b),
  Maximum: Math.max,
  Minimum: Math.min,
  Mod: (a, b) => a - b * Math.floor(a / b),
  Multiply: (a, b) => a * b,
  Pow: Math.pow,
  Prelu: (x, alpha) => (x >= 0 ? x : alpha * x),
  RealDiv: (a, b) => a / b,
  SquaredDifference: (a, b) => (a - b) ** 2,
  Sub: (a, b) => a - b,
};

const comparisons: Record<string, (a: number, b: number) => boolean> = {
  Equal: (a, b) => a === b,
  Greater: (a, b) => a > b,
  GreaterEqual: (a, b) => a >= b,
  Less: (a, b) => a < b,
  LessEqual: (a, b) => a <= b,
  LogicalAnd: (a, b) => a !== 0 && b !== 0,
  LogicalOr: (a, b) => a !== 0 || b !== 0,
  NotEqual: (a, b) => a !== b,
};

/** An operation of two tensors, the smaller repeated along its sides of one. */
function broadcast(
  a: Doubles,
  b: Doubles,
  f: (a: number, b: number) => number,
  dtype: Doubles['dtype'],
): Doubles {
  const rank = Math.max(a.shape.length, b.shape.length);
  const side = ({ shape }: Doubles, d: number) => shape[d - rank + shape.length] ?? 1;
  const shape = Array.from({ length: rank }, (_, d) => (side(a, d) === 1 ? side(b, d) : side(a, d)));
  const pick = (x: Doubles, at: number[]) => {
    let index = 0;
    for (let d = 0; d < rank; d++) index = index * side(x, d) + (side(x, d) === 1 ? 0 : at[d]!);
    return x.values[index]!;
  };
  return make(shape, (at) => f(pick(a, at), pick(b, at)), dtype);
}

/** Abramowitz and Stegun 7.1.6, which has only positive terms, and 1 where no double is between. */
function erf(x: number): number {
  if (Math.abs(x) > 6) return Math.sign(x);
  let term = x;
  let sum = x;
  for (let n = 1; n < 200; n++) sum += term *= (2 * x * x) / (2 * n + 1);
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

function roundHalfToEven(x: number): number {
  const below = Math.floor(x);
  if (x - below !== 0.5) return Math.round(x);
  return below % 2 === 0 ? below : below + 1;
}

const entries = <T>(functions: Record<string, T>, reference: (f: T) => Reference) =>
  Object.fromEntries(Object.entries(functions).map(([name, f]) => [name, reference(f)]));

export const activations: Record<string, (x: number, attrs: Numbers) => number> = {
  linear: (x) => x,
  relu: unary.Relu!,
  relu6: unary.Relu6!,
  elu: unary.Elu!,
  sigmoid: unary.Sigmoid!,
  leakyrelu: (x, { leakyreluAlpha }) => (x >= 0 ? x : leakyreluAlpha! * x),
};

export const elementWise: Record<string, Reference> = {
  ...entries(unary, (f) => ({ x }, attrs) => ({
    shape: x!.shape,
    values: x!.values.map((value) => f(value, (attrs ?? {}) as Numbers)),
    dtype: x!.dtype,
  })),
  ...entries(questions, (f) => ({ x }) => ({
    shape: x!.shape,
    values: x!.values.map((value) => +f(value)),
    dtype: 'bool',
  })),
  ...entries(binary, (f) => (inputs) => {
    const [a, b] = [inputs.a ?? inputs.x!, inputs.b ?? inputs.alpha!];
    return broadcast(a, b, f, a.dtype);
  }),
  ...entries(
    comparisons,
    (f) =>
      ({ a, b }) =>
        broadcast(a!, b!, (x, y) => +f(x, y), 'bool'),
  ),
  EluGrad: ({ dy, y }) => broadcast(dy!, y!, (d, value) => (value >= 0 ? d : d * (value + 1)), 'float32'),
  AddN: (inputs) =>
    Object.values(inputs).reduce((sum, next) => broadcast(sum, next, (a, b) => a + b, sum.dtype)),
  Cast: ({ x }, attrs) => {
    const { dtype } = attrs as { dtype: Doubles['dtype'] };
    const cast =
      dtype === 'int32' ? Math.trunc : dtype === 'bool' ? (value: number) => +(value !== 0) : Number;
    return { shape: x!.shape, values: x!.values.map((value) => cast(value)), dtype };
  },
  Select: ({ condition, t, e }) => {
    const repeat = sizeOf(t!.shape) / sizeOf(condition!.shape);
    return {
      shape: t!.shape,
      values: t!.values.map((value, i) =>
        condition!.values[Math.floor(i / repeat)] ? value : e!.values[i]!,
      ),
      dtype: t!.dtype,
    };
  },
};
