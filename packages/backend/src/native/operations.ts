/*
 * What JavaScript and the compiled library say to each other: every operation and its parameters, in their order. The
 * other side of this table is native/ops.h; a test compares the two entry by entry, and a library with another table is
 * not loaded.
 */

// prettier-ignore
const convolution = [
  'batch', 'height', 'width', 'inChannels', 'outHeight', 'outWidth', 'outChannels', 'filterHeight', 'filterWidth',
  'strideHeight', 'strideWidth', 'dilationHeight', 'dilationWidth', 'padTop', 'padLeft',
] as const;
// prettier-ignore
const pooling = [
  'batch', 'height', 'width', 'channels', 'outHeight', 'outWidth', 'filterHeight', 'filterWidth',
  'strideHeight', 'strideWidth', 'dilationHeight', 'dilationWidth', 'padTop', 'padLeft',
] as const;
const epilogue = ['activation', 'alpha', 'hasBias'] as const;
const count = ['count'] as const;
/** A name that ends in * stands for as many numbers as the last one without a * says. */
const broadcast = ['rank', 'sides*', 'stepsA*', 'stepsB*'] as const;
const reduction = ['outer', 'count', 'inner', 'divisor'] as const;

/** x → f(x) with no further number, under the names of TensorFlow.js's kernels. */
// prettier-ignore
export const unaryOperations = [
  'Abs', 'Neg', 'Square', 'Sqrt', 'Rsqrt', 'Reciprocal', 'Relu', 'Relu6', 'Exp', 'Expm1', 'Log', 'Log1p', 'Sigmoid',
  'Softplus', 'Tanh', 'Elu', 'Selu', 'Sign', 'Floor', 'Ceil', 'Round', 'Cos', 'Sin', 'Tan', 'Acos', 'Asin', 'Atan',
  'Cosh', 'Sinh', 'Acosh', 'Asinh', 'Atanh', 'Erf',
] as const;

/** (a, b) → f(a, b), under the names of TensorFlow.js's kernels. */
// prettier-ignore
export const arithmeticOperations = [
  'Add', 'Sub', 'Multiply', 'RealDiv', 'Maximum', 'Minimum', 'SquaredDifference', 'Pow', 'Mod', 'Atan2',
] as const;

/** Each is an operation on floats and one on whole numbers. */
export const comparisons = ['Equal', 'NotEqual', 'Less', 'LessEqual', 'Greater', 'GreaterEqual'] as const;

/** The names of the parameters of every operation; its place is its number. */
export const operations = {
  MatMul: ['batchA', 'batchB', 'm', 'n', 'k', 'transposeA', 'transposeB', ...epilogue],
  Conv2D: [...convolution, ...epilogue],
  Conv2DBackpropInput: [...convolution, ...epilogue],
  Conv2DBackpropFilter: convolution,
  ...all(['MaxPool', 'MaxPoolGrad', 'AvgPool', 'AvgPoolGrad'], pooling),
  ...all(unaryOperations, count),
  Step: ['count', 'alpha'],
  LeakyRelu: ['count', 'alpha'],
  ClipByValue: ['count', 'low', 'high'],
  ...all(arithmeticOperations, broadcast),
  ...all(['Prelu', 'EluGrad', 'SigmoidCrossEntropyWithLogits'], broadcast),
  StepMultiply: ['count', 'alpha'],
  ...all(
    comparisons.map((name) => `${name}Float` as const),
    broadcast,
  ),
  ...all(
    comparisons.map((name) => `${name}Int` as const),
    broadcast,
  ),
  ...all(['LogicalAnd', 'LogicalOr'], broadcast),
  LogicalNot: count,
  ...all(['Sum', 'Prod', 'Max', 'Min'], reduction),
  ArgMax: ['outer', 'count', 'inner', 'sign'],
  Copy: ['elementBytes', 'fromOffset', 'toOffset', 'rank', 'sides*', 'fromSteps*', 'toSteps*'],
  ...all(['FillFloat', 'FillInt', 'FillBool'], ['count', 'value']),
  ...all(['CastFloatToInt', 'CastIntToFloat', 'CastBoolToFloat', 'CastBoolToInt'], count),
  ...all(['CastFloatToBool', 'CastIntToBool', 'BytesToUnit', 'Select'], count),
  GatherV2: ['outer', 'axis', 'inner', 'picks'],
  UnsortedSegmentSum: ['rows', 'inner', 'segments'],
  OneHot: ['count', 'depth', 'on', 'off'],
  ...all(['UpdateAdam', 'UpdateAdamax', 'UpdateSgd', 'UpdateRmsprop'], count),
  PhiloxRandom: ['normal', 'count', 'seed', 'counter'],
} as const;

export type OperationName = keyof typeof operations;

/** The numbers that an operation takes: as many as it has parameters, unless some of them are lists. */
export type ParamsOf<Name extends OperationName> = NumbersFor<(typeof operations)[Name]>;
type NumbersFor<Names extends readonly string[]> = [Names[number] & `${string}*`] extends [never]
  ? { readonly [Place in keyof Names]: number }
  : readonly number[];

/** The activations that a product applies to its sums; the place is the number. */
export const activations = ['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu'] as const;
export type Activation = (typeof activations)[number];

/** Dimensions that a broadcast and a copy take, once neighbours that run on are merged. */
export const MOST_BROADCAST_RANK = 6;
export const MOST_COPY_RANK = 8;

/** Of a slot of a recorded program: what lies in the program's own memory is of kind 0. */
export const OUTSIDE = 1;

/** All of it, a line an entry, as the compiled library says it too. */
export const table: readonly string[] = [
  ...Object.entries<readonly string[]>(operations).map(([name, params]) => `${name}: ${params.join(' ')}`),
  `activations: ${activations.join(' ')}`,
  `most dimensions broadcast: ${MOST_BROADCAST_RANK}`,
  `most dimensions copied: ${MOST_COPY_RANK}`,
  `kind of a slot outside the arena: ${OUTSIDE}`,
];

/** Where a compiled library's side of the table is another; one from before there was a table has none. */
export function tableDifference(found: readonly string[] = []): string | undefined {
  for (let at = 0; at < Math.max(found.length, table.length); at++)
    if (found[at] !== table[at])
      return `found ${JSON.stringify(found[at] ?? 'nothing')}, expected ${JSON.stringify(table[at] ?? 'nothing')}`;
  return undefined;
}

const numbers = new Map(Object.keys(operations).map((name, number) => [name, number]));

/** The number by which the compiled library knows an operation. */
export const numberOf = (operation: OperationName): number => numbers.get(operation)!;

/** Where a parameter stands among those of an operation. */
export const placeOf = <Name extends OperationName>(
  operation: Name,
  param: (typeof operations)[Name][number],
): number => (operations[operation] as readonly string[]).indexOf(param);

/** The number of an activation; undefined for one that the compiled library does not have. */
export function activationNumber(name: string): number | undefined {
  const number = activations.indexOf(name as Activation);
  return number < 0 ? undefined : number;
}

function all<const Name extends string, const Params extends readonly string[]>(
  names: readonly Name[],
  params: Params,
): Record<Name, Params> {
  return Object.fromEntries(names.map((name) => [name, params])) as Record<Name, Params>;
}
