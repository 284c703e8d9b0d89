import { plantedIn } from './planted.js';

const trace = 'native/trace.test';
const variables = 'native/recorded-variables.test';
const step = 'native/recorded-step.test';

/** Of the library in TypeScript alone: the compiled one has a fault campaign of its own, the sanitizers. */
export const backend = plantedIn('backend', [
  // What a recording refuses, because a replay would not do it.
  ['native/replay/recording.ts', 'at !== noise.counter || ', '', step],
  ['native/replay/recording.ts', ' || (noise.seed ?? seed) !== seed)', ')', step],
  ['native/replay/recording.ts', 'if (left !== 0)', 'if (left < -9)', step],
  [
    'native/replay/recording.ts',
    "if (variable.isDisposed) reason ??= 'it disposes of a variable';\n      else ",
    '',
    variables,
  ],
  [
    'native/replay/recording.ts',
    "if (slot.kind === 'outside' && !backend.data.has(slot.tensor.dataId))",
    'if (slots.length === 0)',
    variables,
  ],
  [
    'native/replay/recording.ts',
    "tensor.dtype !== 'float32' || tensor.size !== 1",
    "tensor.dtype !== 'float32'",
    step,
  ],
  ['native/replay/recording.ts', "else reason ??= 'it makes a tensor of text or complex numbers';", '', step],
  // What it keeps apart.
  ['native/replay/recording.ts', 'separateVariables(backend);', '', variables],
  [
    'native/replay/recording.ts',
    "return { from: slots[from]!.kind === 'outside' ? copyAside(from) : from, to };",
    'return { from, to };',
    variables,
  ],
  [
    'native/replay/recording.ts',
    "slots[slot]!.kind === 'outside' ? copyAside(slot) : slot",
    'slot',
    variables,
  ],
  ['native/replay/recording.ts', 'values: values.slice()', 'values', variables],
  ['native/replay/recording.ts', '      assignAtEnd();', '', variables],
  [
    'native/kernels/exclusive.ts',
    'if (!(info instanceof tf.Variable))',
    'if (!info)',
    'native/optimizers.test',
    'refuse a tensor',
  ],
  ['native/replay/compiled-step.ts', 'if (slot.written) makeExclusive(backend, slot.tensor);', '', step],
  ['native/replay/compiled-step.ts', 'if (!inputs[name])', 'if (!name)', step],
  ['native/replay/compiled-step.ts', 'if (values.length !== count)', 'if (values.length > count)', step],
  ['native/replay/record-step.ts', 'if (disposed)', 'if (disposed && program)', step],
  ['native/replay/record-step.ts', '!backend.data.has(tensor.dataId)', '!tensor.dataId', variables],
  // What differs from recording to recording.
  [
    'native/replay/difference.ts',
    'a.operation === b.operation &&\n  a.counterParam',
    'a.counterParam',
    'native/difference.test',
  ],
  ['native/replay/difference.ts', 'a.counterParam === b.counterParam &&', '', 'native/difference.test'],
  ['native/replay/difference.ts', 'sameNumbers(a.params, b.params) &&\n', '\n', 'native/difference.test'],
  ['native/replay/difference.ts', 'sameNumbers(a.reads, b.reads) &&', '', 'native/difference.test'],
  ['native/replay/difference.ts', ' &&\n  sameNumbers(a.writes, b.writes)', '', 'native/difference.test'],
  [
    'native/replay/difference.ts',
    'a.length === b.length && a.every((number',
    'a.every((number',
    'native/difference.test',
  ],
  ['native/replay/difference.ts', 'Object.is(number, b[i]))', 'number === b[i])', 'native/difference.test'],
  [
    'native/replay/difference.ts',
    'earlier.slots.length !== later.slots.length || ',
    '',
    'native/difference.test',
  ],
  [
    'native/replay/difference.ts',
    'earlier.steps.length !== later.steps.length || ',
    '',
    'native/difference.test',
  ],
  [
    'native/replay/difference.ts',
    'if (a.kind !== b.kind || a.bytes !== b.bytes) return false;',
    '',
    'native/difference.test',
  ],
  [
    'native/replay/difference.ts',
    ' && a.name === b.name && a.dtype === b.dtype',
    '',
    'native/difference.test',
  ],
  [
    'native/replay/difference.ts',
    '(a.tensor === b.tensor || a.tensor.dataId === b.tensor.dataId)',
    'a.bytes === b.bytes',
    'native/difference.test',
  ],
  [
    'native/replay/difference.ts',
    'JSON.stringify(earlier.outputs) !== JSON.stringify(later.outputs)',
    'earlier.outputs === null',
    'native/difference.test',
  ],
  ['native/replay/difference.ts', 'if (change) return change;', '', 'native/difference.test'],
  // What may be joined, moved, left out or overlaid.
  ['native/replay/fuse.ts', ' && writers.get(slot)?.length === 1', '', trace],
  ['native/replay/fuse.ts', ' && !outputs.has(slot)', '', trace],
  ['native/replay/fuse.ts', "kind === 'temporary' && ", '', trace],
  ['native/replay/fuse.ts', 'step.params[hasBias] !== 0 ||', '', trace],
  ['native/replay/fuse.ts', 'a0 !== n ||', '', trace],
  ['native/replay/fuse.ts', 'b0 !== 0 ||', '', trace],
  ['native/replay/fuse.ts', 'sum !== made ||', '', trace],
  ['native/replay/fuse.ts', ' ||\n      !unchanged(bias, at, next[0]!)', '', trace],
  ['native/replay/fuse.ts', 'if (found.length !== 1) return;', '', trace],
  [
    'native/replay/fuse.ts',
    "isRelu && steps[place]!.operation === 'Step'",
    "steps[place]!.operation === 'Step'",
    trace,
  ],
  ['native/replay/fuse.ts', ' || !unchanged(x, at, next[0]!)) return;', ') return;', trace],
  ['native/operations.ts', 'Math.max(found.length, table.length)', 'table.length', 'native/operations.test'],
  ['native/operations.ts', "'depth', 'on', 'off'", "'depth', 'off', 'on'", 'native/operations.test'],
  ['native/replay/order.ts', '!later.writes.some((slot) => touched.includes(slot)) &&', '', trace],
  [
    'native/replay/order.ts',
    ' &&\n    !later.reads.some((slot) => earlier.writes.includes(slot))',
    '',
    trace,
  ],
  [
    'native/replay/order.ts',
    "writes.every((slot) => trace.slots[slot]!.kind === 'outside')",
    "writes.some((slot) => trace.slots[slot]!.kind === 'outside')",
    trace,
  ],
  ['native/replay/program.ts', " || slots[slot]!.kind === 'outside')) continue;", ')) continue;', trace],
  [
    'native/replay/program.ts',
    "slot.kind === 'constant' || outputs.includes(i) ? Infinity",
    "slot.kind === 'constant' ? Infinity",
    trace,
  ],
  [
    'native/replay/program.ts',
    "slot.kind === 'constant' || outputs.includes(i)",
    'outputs.includes(i)',
    trace,
  ],
  ['native/replay/program.ts', "slot.kind === 'temporary' ? Infinity : -1", 'Infinity', trace],
  ['native/replay/program.ts', 'if (other.last < first || other.first > last) continue;', 'continue;', trace],
  [
    'native/replay/program.ts',
    'for (const slot of [...step.reads, ...step.writes]) needed.add(slot);',
    'for (const slot of step.reads) needed.add(slot);',
    trace,
  ],
  // Which backend is taken.
  ['choice.ts', 'await checkArithmetic();', '', 'choice.test'],
  [
    'choice.ts',
    "if (!status.works || (requested === 'auto' && slow)) continue;",
    'if (!status.works) continue;',
    'choice.test',
  ],
  ['choice.ts', '  await restore();\n  throw new Error', '  throw new Error', 'choice.test'],
]);
