// Calls the functions of the compiled library with all sorts of things, right ones and wrong ones; prints how many calls
// there were and how many of them threw. Whatever is thrown has to be an error that JavaScript can catch.
// Usage: fuzz-addon.ts <calls> [seed]
import { loadAddon, type Addon } from '../../src/native/addon.js';
import { numberOf, operations } from '../../src/native/operations.js';

const loaded = loadAddon();
if (!loaded.ok) throw new Error(loaded.reason);
const addon = loaded.addon as Addon & Record<string, (...given: unknown[]) => unknown>;
const [calls, seed = 1] = process.argv.slice(2).map(Number) as [number, number?];

let state = seed;
const upTo = (most: number): number => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * (most + 1));
};
const pick = <T>(list: readonly T[]): T => list[upTo(list.length - 1)]!;

const params = addon.params();
const operationCount = Object.keys(operations).length;

const small = () => upTo(20);
const number = (): number =>
  upTo(3) > 0
    ? pick([0, 1, 1, 1, 2, 2, 3, 4, 5, 7, 8, 16, 17, 28])
    : pick([-1, 0.5, NaN, Infinity, 2 ** 31, -(2 ** 31), 2 ** 32, 2 ** 40, 2 ** 53, 1e300]);
const array = (): unknown => {
  const make = pick([
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
    Int32Array,
    Uint8Array,
    Float64Array,
  ]);
  return new make(pick([0, 1, small(), 64, 1000, 5000]));
};
const oddity = (): unknown =>
  pick<() => unknown>([
    () => undefined,
    () => null,
    () => 'text',
    () => -1,
    () => NaN,
    () => ({}),
    () => [],
    () => [array(), array()],
    () => () => {},
    () => Symbol.iterator,
    () => 10n,
    () => new DataView(new ArrayBuffer(8)),
    () => new BigInt64Array(2),
    () => new ArrayBuffer(64),
    () => new Float32Array(new SharedArrayBuffer(64)),
    () => new Float32Array(new ArrayBuffer(66), 4, 3),
    () => new Uint8Array(new ArrayBuffer(64), 1, 9), // not aligned to numbers
    detached,
  ])();

function detached(): Float32Array {
  const values = new Float32Array(16);
  structuredClone(values.buffer, { transfer: [values.buffer] });
  return values;
}

const often = (usual: () => unknown): unknown => (upTo(9) === 0 ? oddity() : usual());
const program = (): object =>
  addon.compile(
    Float64Array.from([0, 256, 0, 0, 256, 256, 1, 64, 0]),
    Float64Array.from([
      numberOf('Relu'),
      -1,
      1,
      16,
      2,
      0,
      1,
      numberOf('PhiloxRandom'),
      3,
      4,
      1,
      16,
      7,
      0,
      1,
      0,
    ]),
    512,
  );
const programs = Array.from({ length: 8 }, program);
const numbers = (length: number) => Float64Array.from({ length }, number);

const attempts: (() => unknown)[] = [
  ...Array.from({ length: 12 }, () => () => {
    for (let i = 0; i < 20; i++) params[i] = number();
    const buffers = Array.from({ length: upTo(5) }, () => often(array));
    return addon.run!(
      often(() => upTo(operationCount)) as number,
      often(() => upTo(20)) as number,
      ...(buffers as Float32Array[]),
    );
  }),
  () => addon.run!(...(Array.from({ length: upTo(14) }, oddity) as [never, never])),
  () => addon.misalignment(oddity() as Uint8Array),
  () => addon.setThreads(pick([1, 2, 3, 0, -1, NaN, 1e9, '2']) as number),
  () => addon.useInstructionSet(pick(['', 'portable', 'avx2', 'mmx', 7, 'x'.repeat(100)]) as string),
  () =>
    addon.compile(
      often(() => numbers(3 * upTo(5))) as Float64Array,
      often(() => numbers(upTo(30))) as Float64Array,
      often(() => pick([0, 64, 4096, 2 ** 60])) as number,
    ),
  () =>
    addon.write(often(() => pick(programs)) as object, often(small) as number, often(array) as Float32Array),
  () =>
    addon.load(
      often(() => pick(programs)) as object,
      often(small) as number,
      often(() => upTo(operationCount)) as number,
      often(array) as Float32Array,
      often(() => Array.from({ length: upTo(18) }, number)) as number[],
    ),
  () =>
    addon.replay(
      often(() => pick(programs)) as object,
      often(() => Int32Array.from({ length: upTo(2) }, () => upTo(4) - 1)) as Int32Array,
      often(() => [often(array), often(array)]) as Float32Array[],
      often(number) as number,
      often(() => Int32Array.from({ length: upTo(2) }, () => upTo(4) - 1)) as Int32Array,
      often(() => new Float64Array(2)) as Float64Array,
    ),
  () => {
    const at = upTo(programs.length - 1);
    addon.release(often(() => programs[at]!) as object);
    programs[at] = program();
  },
];

let refused = 0;
for (let call = 0; call < calls; call++)
  try {
    pick(attempts)();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    refused += 1;
  }
console.log(`${calls} calls, ${refused} of them refused`);
