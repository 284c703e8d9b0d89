import { max, min, quantile } from 'd3-array';
import { scaleLinear, scaleLog, scaleSymlog, type ScaleContinuousNumeric } from 'd3-scale';
import { numberText } from './number-text.js';
import { codeAxis } from './symlog.js';

/** Scores in bins that are equally wide on their axis. A bin holds its upper edge, as a score at a threshold is not above it. */
export interface ScoreBins {
  /** From score to place; its range is the caller's to set. */
  scale: ScaleContinuousNumeric<number, number>;
  /** One more than bins. */
  edges: number[];
  /** Of each group, how many scores lie in each bin. */
  counts: number[][];
  /** Whether the threshold is one of the edges; otherwise it lies too far from all scores to be shown with them. */
  hasThreshold: boolean;
  /** How many lie below the axis, and are counted in its first bin. */
  below: number;
  /** What the small print says of the axis; undefined where it is linear. */
  note: string | undefined;
}

interface Axis extends Pick<ScoreBins, 'scale' | 'note'> {
  toPlace(score: number): number;
  toScore(place: number): number;
}

/** How many times as far as the scores themselves reach the axis goes to show the threshold. */
const REACH = 3;
/** The share of positive scores that may lie below the axis, */
const TAIL = 0.01;
/** where they are so many times smaller than the others; on a logarithmic axis they would take all room. */
const FAR = 10;

/** Numbers that are smaller have no logarithm on which one could count. */
const SMALLEST = 1e-300;

/** At most about `most` bins where the scores lie, one edge at the threshold; as many as the rule of Rice has them (twice the cube root of the count). */
export function binsOf(groups: readonly number[][], threshold: number, most: number): ScoreBins {
  const scores = groups.flat();
  const lowest = lowestShown(scores);
  const axis = axisOf(scores, lowest);
  const [low, high] = [axis.toPlace(lowest), axis.toPlace(max(scores)!)];
  const range = rangeOf(low, high);
  const width = range / Math.max(4, Math.min(most, Math.ceil(2 * Math.cbrt(scores.length))));
  const at = axis.toPlace(threshold);
  const hasThreshold = at >= low - REACH * range && at <= high + REACH * range;
  const origin = hasThreshold ? at : low;
  const binOf = (score: number) => {
    const bin = Math.ceil((axis.toPlace(Math.max(score, lowest)) - origin) / width) - 1;
    if (!hasThreshold) return bin;
    return score > threshold ? Math.max(0, bin) : Math.min(-1, bin); // whatever a logarithm rounds
  };
  const found = groups.map((group) => group.map(binOf));
  const first = Math.min(0, min(found.flat())!);
  const bins = Math.max(-1, max(found.flat())!) + 1 - first;
  const edges = Array.from({ length: bins + 1 }, (_, i) =>
    hasThreshold && first + i === 0 ? threshold : axis.toScore(origin + (first + i) * width),
  );
  const counts = found.map((group) => {
    const inBins = Array.from({ length: bins }, () => 0);
    for (const bin of group) inBins[bin - first]!++;
    return inBins;
  });
  const below = scores.filter((score) => score < lowest).length;
  axis.scale.domain([edges[0]!, edges.at(-1)!]);
  return { scale: axis.scale, edges, counts, hasThreshold, below, note: axis.note };
}

/** Where scores are equal, or as good as equal, as much as leaves room around them. */
function rangeOf(low: number, high: number): number {
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (high - low > 1e-9 * size && size > SMALLEST) return high - low;
  return size > SMALLEST ? size / 10 : 1;
}

function lowestShown(scores: readonly number[]): number {
  const least = min(scores)!;
  return least > 0 ? Math.max(least, quantile(scores, TAIL)! / FAR) : least;
}

/** Logarithmic where all scores are positive and spread over more than a decade; with scores of 0 or below, where they have a long tail. */
function axisOf(scores: readonly number[], lowest: number): Axis {
  if (lowest > SMALLEST && max(scores)! > 10 * lowest)
    return {
      ...{ scale: scaleLog(), toPlace: Math.log10, toScore: (place) => 10 ** place },
      note: 'The axis of scores is logarithmic.',
    };
  const { linearUpTo, toPlace, toCoordinate } = codeAxis(scores);
  if (lowest > 0 || linearUpTo === Infinity || linearUpTo < SMALLEST)
    return { scale: scaleLinear(), toPlace: Number, toScore: Number, note: undefined };
  return {
    ...{ scale: scaleSymlog().constant(linearUpTo), toPlace, toScore: toCoordinate },
    note: `The axis of scores is linear up to ${numberText(linearUpTo, 2)} from 0, logarithmic beyond.`,
  };
}
