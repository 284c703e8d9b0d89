import { type Examples, select, sizeOf, slice, wordsFor } from '@ae/data';
import {
  codeOf,
  decodeAll,
  encodeAll,
  randomStream,
  sampleAll,
  type Autoencoder,
  type Codes,
  type DecodedValues,
} from '@ae/models';
import type { Detector } from '@ae/evaluation';
import type { HistoryRow } from '@ae/trainer';

import { UsageError } from './errors.js';
import { figures } from './figures/index.js';
import {
  sections,
  type Figure,
  type FigureChoice,
  type FigurePlan,
  type FigureSource,
  type RunFigure,
} from './run-figure.js';

/** A model with the weights that its figures are made of, and the test images. */
export interface DrawnRun {
  model: Autoencoder;
  test(): Promise<Examples>;
  /** Of one example. */
  shape: readonly number[];
  history: readonly HistoryRow[];
  seed: number;
  /** The run as a detector, where it is one. */
  detector?(): Promise<Detector | undefined>;
  /** The classes that belong, where it was trained on these alone. */
  normal?: readonly string[] | undefined;
}

/** Codes of the scatter; more hide each other. */
const MOST_POINTS = 10_000;

/**
 * Figures of a run, in the order of the report: those that it has the data for. The model is asked here and nowhere
 * else, once for all of them.
 * @param options.points codes of the scatter at most @default 10,000
 * @param options.only one figure's name @default all
 * @throws RangeError for a name that is not known
 * @throws UsageError where that figure cannot show codes of the model's kind
 */
export async function runFigures(
  { model, ...run }: DrawnRun,
  { points = MOST_POINTS, only, ...choice }: FigureChoice & { points?: number; only?: string } = {},
): Promise<Figure[]> {
  const asked = Object.values<RunFigure>(figures).filter(({ name }) => only === undefined || name === only);
  if (asked.length === 0)
    throw new RangeError(`Cannot draw figure "${only}": expected one of ${Object.keys(figures).join(', ')}`);
  const code = codeOf(model);
  const refusal = only === undefined ? undefined : asked[0]!.refuses?.(code);
  if (refusal !== undefined) throw new UsageError(`Cannot draw figure "${only}": ${refusal}`);
  let known: Promise<Codes> | undefined;
  const encodeFirst = async () => {
    const test = await run.test();
    return encodeAll(model, slice(test, 0, Math.min(test.count, points)));
  };
  const codes = () => (known ??= encodeFirst());
  let found: ReturnType<FigureSource['examined']> | undefined;
  const examined = () => (found ??= examineTest(run));
  const source = {
    ...{ ...run, code, codes, examined, words: wordsFor(run.shape) },
    isGenerative: model.sample !== undefined,
  };
  const planned: { figure: RunFigure; plan: FigurePlan }[] = [];
  for (const figure of asked.sort(inReport)) {
    const plan = figure.refuses?.(code) === undefined && (await figure.plan(source, choice));
    if (plan) planned.push({ figure, plan });
  }
  const images = await answers(
    planned.map(({ plan }) => plan),
    { ...run, model, known: await known },
  );
  return planned.map(({ figure: { name, section, widths }, plan }, i) => ({
    ...{ name, section, widths, caption: plan.caption },
    ...(plan.section && { section: plan.section }),
    draw: (options) => plan.draw(images[i]!, options),
  }));
}

async function examineTest({ detector, test }: Omit<DrawnRun, 'model'>) {
  const found = await detector?.();
  return found && { ...(await found.examine(await test())), threshold: found.threshold };
}

const inReport = (a: RunFigure, b: RunFigure): number =>
  sections.indexOf(a.section) - sections.indexOf(b.section) || a.place - b.place;

interface Asked {
  model: Autoencoder;
  test(): Promise<Examples>;
  known: Codes | undefined;
}

/** What the model says to every plan: the codes that are not known are encoded together, and all codes decoded together. */
async function answers(plans: readonly FigurePlan[], asked: Asked): Promise<DecodedValues[]> {
  const codeAt = await codesByPlace(
    plans.flatMap(({ encode = [] }) => encode),
    asked,
  );
  const wanted = plans.map(({ encode = [], decode }) => decode?.(codeAt(encode)));
  const all = wanted.filter((codes) => codes !== undefined);
  const decoded = all.length === 0 ? undefined : await decodeAll(asked.model, joined(all));
  let at = 0;
  const images: DecodedValues[] = [];
  for (const [i, { sample }] of plans.entries()) {
    const count = wanted[i]?.count ?? 0;
    const from = at;
    at += count;
    images.push(
      sample
        ? await sampleAll(asked.model, sample.count, randomStream(sample.seed))
        : decoded
          ? part(decoded, from, count)
          : NONE,
    );
  }
  return images;
}

const NONE: DecodedValues = { values: new Float32Array(), count: 0, shape: [] };

async function codesByPlace(
  places: readonly number[],
  { model, test, known }: Asked,
): Promise<(places: readonly number[]) => Codes> {
  const missing = [...new Set(places)].filter((place) => place >= (known?.count ?? 0));
  const found = missing.length === 0 ? known : await encodeAll(model, select(await test(), missing));
  const dimensions = found?.dimensions ?? 0;
  const codeOf = (place: number): Float32Array => {
    const isKnown = known !== undefined && place < known.count;
    const [{ values }, at] = isKnown ? [known, place] : [found!, missing.indexOf(place)];
    return values.subarray(at * dimensions, (at + 1) * dimensions);
  };
  return (asked) => {
    const values = new Float32Array(asked.length * dimensions);
    asked.forEach((place, i) => values.set(codeOf(place), i * dimensions));
    return { values, count: asked.length, dimensions };
  };
}

function joined(all: readonly Codes[]): Codes {
  const values = new Float32Array(all.reduce((length, codes) => length + codes.values.length, 0));
  let at = 0;
  for (const codes of all) {
    values.set(codes.values, at);
    at += codes.values.length;
  }
  const { dimensions } = all[0]!;
  return { values, count: values.length / dimensions, dimensions };
}

function part({ values, shape }: DecodedValues, from: number, count: number): DecodedValues {
  const size = sizeOf(shape);
  return { values: values.slice(from * size, (from + count) * size), count, shape };
}
