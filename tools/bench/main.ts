// Images per second of the base models on every backend here and on PyTorch, side by side in one run:
//   npm run bench [-- --json | --write | vae conv-ae …]
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { probeBackends } from '@ae/backend/node';
import { disposeModel, randomStream, zoo, type ModelDefinition } from '@ae/models';

import { trainingFlops } from './flops.js';
import { describeMachine, findTorch, measurePeak, openblasCore } from './machine.js';
import { measureGrowth } from './growth.js';
import { renderGrowth, renderMarkdown, renderText } from './render.js';
import { timeSteps, type Case } from './time-steps.js';

/** One configuration's median over the repetitions. */
export interface Row {
  model: string;
  recipe: string;
  backend: string;
  threads: number;
  batch: number;
  imagesPerSecond: number;
  /** To the better of PyTorch's one and two threads; nothing without PyTorch. */
  ratioToPyTorch: number | null;
  /** Of `threads` times one core's measured peak. */
  shareOfPeak: number | null;
}

const REPETITIONS = 3;
const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean' }, write: { type: 'boolean' }, repetitions: { type: 'string' } },
  allowPositionals: true,
});
const repetitions = Number(values.repetitions ?? REPETITIONS);
const unknown = positionals.find((name) => !Object.hasOwn(zoo, name));
if (unknown)
  throw new RangeError(`Cannot bench "${unknown}": expected one of ${Object.keys(zoo).join(', ')}`);

const cases: Case[] = (['ae', 'vae', 'conv-ae', 'conv-vae'] as const)
  .filter((name) => positionals.length === 0 || positionals.includes(name))
  .flatMap((model) =>
    [['original', 50] as const, ['default', 128] as const].map(([recipe, batchSize]) => {
      const { defaults, recipes } = zoo[model] as unknown as ModelDefinition;
      const { options, optimizer } = recipes[recipe]!;
      return { model, recipe, request: { options: { ...defaults, ...options }, optimizer, batchSize } };
    }),
  );

const cores = availableParallelism();
const works = (await probeBackends()).filter((backend) => backend.works).map(({ name }) => name);
const torch = findTorch();
const peak = measurePeak();
const flags = existsSync('/proc/cpuinfo') ? readFileSync('/proc/cpuinfo', 'utf8') : '';
const core = openblasCore(flags);
const contenders = [
  ...works.flatMap((backend) =>
    backend === 'native' && cores > 1
      ? [
          [backend, cores],
          [backend, 1],
        ]
      : [[backend, 1]],
  ),
  ...(torch ? [...new Set([1, cores])].map((threads) => ['pytorch', threads]) : []),
] as [string, number][];

const notes = [
  describeMachine(),
  torch
    ? `PyTorch ${torch.version}, BLAS ${torch.blas}, OPENBLAS_CORETYPE=${core ?? 'unset'}`
    : 'no PyTorch found',
  peak ? `one core's peak ${peak} GFLOP/s in multiply-adds` : 'no C++ compiler found: no peak measured',
];
for (const note of notes) console.error(note);

const samples = new Map<string, number[]>();
for (let repetition = 0; repetition < repetitions; repetition++)
  for (const each of cases)
    for (const [backend, threads] of contenders) {
      if (backend === 'cpu' && isTooSlowInPlainLoops(each)) continue;
      const seconds = timeSteps(each, { backend, threads, python: torch?.python, openblasCore: core });
      console.error(
        `${repetition + 1}/${repetitions} ${each.model} ${each.recipe} ${backend} ${threads}: ${(seconds * 1e3).toFixed(2)} ms a step`,
      );
      samples.set(keyOf(each, backend, threads), [
        ...(samples.get(keyOf(each, backend, threads)) ?? []),
        seconds,
      ]);
    }

const rows = cases.flatMap(rowsOf);
const growth = values.json ? [] : measureGrowth(works[0]!, cores);
if (values.json) console.log(JSON.stringify(rows, null, 1));
else console.log(`${renderText(rows)}\n\n${renderGrowth(growth)}`);
if (values.write) {
  const file = new URL('../../BENCHMARKS.md', import.meta.url);
  writeFileSync(file, renderMarkdown(rows, growth, notes));
  console.error(`wrote ${fileURLToPath(file)}`);
}

/** A step of a convolutional model takes seconds on the stock CPU backend. */
function isTooSlowInPlainLoops({ model }: Case): boolean {
  return model.startsWith('conv');
}

function keyOf({ model, recipe }: Case, backend: string, threads: number): string {
  return `${model} ${recipe} ${backend} ${threads}`;
}

function rowsOf(each: Case): Row[] {
  const { model, recipe, request } = each;
  const built = (zoo[model] as unknown as ModelDefinition).build(request.options as never, randomStream(1));
  const flops = trainingFlops(built);
  disposeModel(built);
  const speeds = contenders.flatMap(([backend, threads]) => {
    const seconds = samples.get(keyOf(each, backend, threads))?.sort((a, b) => a - b);
    return seconds
      ? [{ backend, threads, imagesPerSecond: request.batchSize / seconds[Math.floor(seconds.length / 2)]! }]
      : [];
  });
  const reference = Math.max(
    ...speeds.filter(({ backend }) => backend === 'pytorch').map((s) => s.imagesPerSecond),
  );
  return speeds.map(({ backend, threads, imagesPerSecond }) => ({
    model,
    recipe,
    backend,
    threads,
    batch: request.batchSize,
    imagesPerSecond: Math.round(imagesPerSecond),
    ratioToPyTorch: Number.isFinite(reference) ? round(imagesPerSecond / reference) : null,
    shareOfPeak: peak ? round((flops * imagesPerSecond) / (peak * 1e9 * threads)) : null,
  }));
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
