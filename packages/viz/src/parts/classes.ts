import { classColor } from './class-color.js';
import { classMark, MOST_MARKED, type ClassMark } from './class-mark.js';

/** The points that share a label. */
export interface PointClass {
  name: string;
  /** The name with the sign of the mark before it, where it has one. */
  sign: string;
  color: string;
  mark: ClassMark;
  points: number[];
}

/** A label of a point; null, undefined, NaN and the empty text mean that there is none. */
export type Label = string | number | null | undefined;

/** Points by label; those without one apart. */
export interface Classes {
  classes: PointClass[];
  unlabelled: number[];
}

/**
 * The points in classes. Where the classes are given, labels are places in them, and each keeps its colour whether all occur or not.
 * Otherwise they are in order of number or, where the labels are texts, of the alphabet; whole numbers below 80 keep their own colour.
 */
export function classesOf(
  points: number[],
  labels: ArrayLike<Label> | undefined,
  given?: readonly string[],
): Classes {
  const byLabel = new Map<string, number[]>();
  const unlabelled: number[] = [];
  for (const point of points) {
    const label = labelOf(labels?.[point]);
    const members = label === undefined ? unlabelled : byLabel.get(label);
    if (members) members.push(point);
    else byLabel.set(label!, [point]);
  }
  const found = [...byLabel.keys()].sort(byNumberThenText);
  const areNumbers = found.every((label) => /^\d+$/.test(label) && Number(label) < MOST_MARKED);
  const classes = found.map((label, i): PointClass => {
    const place = given || areNumbers ? Number(label) : i;
    const name = given ? given[place]! : label;
    const mark = classMark(place);
    const sign = mark.sign === '' ? name : `${mark.sign} ${name}`;
    return { name, sign, color: classColor(place), mark, points: byLabel.get(label)! };
  });
  return { classes, unlabelled };
}

/** Refuses a label that is no place in the classes. */
export function checkPlaces(subject: string, labels: ArrayLike<Label>, classes: readonly string[]): void {
  Array.from(labels).forEach((label, point) => {
    if (labelOf(label) !== undefined && classes[label as number] === undefined)
      throw new RangeError(
        `Cannot draw ${subject}: label ${point} is ${label}, expected a place in ${classes.length} classes`,
      );
  });
}

function labelOf(label: Label): string | undefined {
  if (label === null || label === undefined || label === '' || Number.isNaN(label)) return undefined;
  return String(label);
}

const alphabet = new Intl.Collator('en', { numeric: true });

function byNumberThenText(a: string, b: string): number {
  const difference = Number(a) - Number(b);
  if (!Number.isNaN(difference) && difference !== 0) return difference;
  return alphabet.compare(a, b);
}
