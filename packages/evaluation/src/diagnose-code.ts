import { wordsFor, type Words } from '@ae/data';
import type { Codes } from '@ae/models';

/** Something that a reader of a run's numbers must not overlook. */
export interface Finding {
  kind: FindingKind;
  /** One or two sentences: what was found, and what to try. */
  text: string;
}

export type FindingKind =
  | 'not-finite'
  | 'equal-codes'
  | 'dead-relu'
  | 'dead-unit'
  | 'posterior-collapse'
  | 'few-active'
  | 'constant-image';

/** What a code is judged by. */
export interface CodeEvidence {
  /** Of test examples. */
  codes: Codes;
  /** Of one example. */
  shape: readonly number[];
  /** Test metrics: `mse` a value, and `kl` where the model has one. */
  metrics: Readonly<Record<string, number>>;
  /** The error a value, on the same examples, of answering every one with the mean training example. */
  constantMse: number;
}

/** A coordinate that varies by less than this, relative to the largest spread or value, does not vary. */
const STILL = 1e-6;
/** A dimension is active whose mean has a variance above it (Burda, Grosse & Salakhutdinov, "Importance weighted autoencoders", 2016). */
const ACTIVE_VARIANCE = 0.01;
/** The same for codes without a prior, whose unit is arbitrary: relative to the largest variance. */
const ACTIVE_SHARE = 1e-3;
/** Nats below which a posterior is its prior: the code says next to nothing about an image. */
const NO_INFORMATION = 0.05;
/** Share of the constant image's error from which on an error is no better. */
const NO_BETTER = 0.98;

/**
 * What went wrong with a code, as seen by the codes of test examples and by the errors: the loss alone does not show it.
 * Nothing is found where there are fewer than two.
 */
export function diagnoseCode({ codes, shape, metrics, constantMse }: CodeEvidence): Finding[] {
  if (codes.count < 2) return [];
  const words = wordsFor(shape);
  if (!codes.values.every(Number.isFinite))
    return [
      {
        kind: 'not-finite',
        text: `Some codes of test ${words.many} are not finite: try a lower learning rate.`,
      },
    ];
  const units = unitsOf(codes);
  return [
    ...stillUnits(units, codes, words),
    ...inactiveUnits(units, metrics, words),
    ...noInformation(metrics, constantMse, words),
  ];
}

/** One dimension of the code over all examples. */
interface Unit {
  low: number;
  high: number;
  variance: number;
}

function unitsOf({ values, count, dimensions }: Codes): Unit[] {
  return Array.from({ length: dimensions }, (_, unit) => {
    let [low, high, sum] = [Infinity, -Infinity, 0];
    for (let i = unit; i < values.length; i += dimensions) {
      low = Math.min(low, values[i]!);
      high = Math.max(high, values[i]!);
      sum += values[i]! / count;
    }
    let variance = 0;
    for (let i = unit; i < values.length; i += dimensions) variance += (values[i]! - sum) ** 2 / count;
    return { low, high, variance };
  });
}

function stillUnits(units: readonly Unit[], { count }: Codes, words: Words): Finding[] {
  const size = Math.max(...units.map(({ low, high }) => Math.max(Math.abs(low), Math.abs(high))));
  const isStill = units.map(({ low, high }) => high - low <= STILL * size);
  const still = [...units.keys()].filter((unit) => isStill[unit]);
  if (still.length === 0) return [];
  const isRelu = units.every(({ low }) => low >= 0) && still.some((unit) => units[unit]!.high === 0);
  const why = isRelu
    ? `a unit of a ReLU that is 0 for every ${words.one} gets no gradient and never comes back. Use a linear code, or try another seed`
    : 'try a lower learning rate or another seed';
  if (still.length === units.length)
    return [
      {
        kind: 'equal-codes',
        text: `The code died: all ${count.toLocaleString('en-US')} test ${words.many} have the same code, and the decoder draws one ${words.one}; ${why}.`,
      },
    ];
  const one = still.length === 1;
  const names = `Unit${one ? '' : 's'} ${listed(still.map((unit) => unit + 1))}`;
  const value = still.every((unit) => units[unit]!.high === 0) ? '0' : 'the same';
  return [
    {
      kind: isRelu ? 'dead-relu' : 'dead-unit',
      text: `${names} of the code's ${units.length} ${one ? 'is' : 'are'} ${value} for every test ${words.one}; ${why}.`,
    },
  ];
}

function inactiveUnits(units: readonly Unit[], metrics: CodeEvidence['metrics'], { many }: Words): Finding[] {
  if (units.length < 2) return [];
  const largest = Math.max(...units.map(({ variance }) => variance));
  if (largest === 0) return []; // said already: all codes are equal
  const least = metrics.kl === undefined ? ACTIVE_SHARE * largest : ACTIVE_VARIANCE;
  const active = units.filter(({ variance }) => variance > least).length;
  if (active >= 2) return [];
  return [
    {
      kind: 'few-active',
      text:
        active === 0
          ? `None of the code's ${units.length} dimensions says anything about the ${many}: all of them hardly vary.`
          : `Only one of the code's ${units.length} dimensions says anything about the ${many}; the others hardly vary.`,
    },
  ];
}

function noInformation({ kl, mse }: CodeEvidence['metrics'], constantMse: number, { one }: Words): Finding[] {
  const findings: Finding[] = [];
  if (kl !== undefined && kl < NO_INFORMATION)
    findings.push({
      kind: 'posterior-collapse',
      text: `The posterior collapsed: a KL of ${kl.toPrecision(2)} nats means that the code says nothing about the ${one}. Try a smaller beta, a longer KL warm-up or a weaker decoder.`,
    });
  if (mse !== undefined && mse >= NO_BETTER * constantMse)
    findings.push({
      kind: 'constant-image',
      text: `The model is no better than one ${one} for all: its test error is ${mse.toPrecision(3)}, and that of the mean training ${one} ${constantMse.toPrecision(3)}. Train longer, or with another learning rate or seed.`,
    });
  return findings;
}

/** `1, 2 and 5`; of many only the first. */
function listed(numbers: readonly number[]): string {
  if (numbers.length === 1) return String(numbers[0]);
  if (numbers.length > 8) return `${numbers.slice(0, 6).join(', ')} and ${numbers.length - 6} others`;
  return `${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)}`;
}
