import { classColor, MOST_COLORS } from './class-color.js';

/** The points that share a label. */
export interface PointClass {
  name: string;
  color: string;
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
 * The points in classes, by number where the labels are numbers and by the alphabet otherwise; whole numbers below
 * 60 keep their own colour.
 */
export function classesOf(points: number[], labels: ArrayLike<Label> | undefined): Classes {
  const byName = new Map<string, number[]>();
  const unlabelled: number[] = [];
  for (const point of points) {
    const name = nameOf(labels?.[point]);
    const members = name === undefined ? unlabelled : byName.get(name);
    if (members) members.push(point);
    else byName.set(name!, [point]);
  }
  const names = [...byName.keys()].sort(byNumberThenText);
  const areDigits = names.every((name) => /^\d+$/.test(name) && Number(name) < MOST_COLORS);
  const classes = names.map((name, i) => ({
    name,
    color: classColor(areDigits ? Number(name) : i),
    points: byName.get(name)!,
  }));
  return { classes, unlabelled };
}

function nameOf(label: Label): string | undefined {
  if (label === null || label === undefined || label === '' || Number.isNaN(label)) return undefined;
  return String(label);
}

function byNumberThenText(a: string, b: string): number {
  const difference = Number(a) - Number(b);
  if (!Number.isNaN(difference) && difference !== 0) return difference;
  return a < b ? -1 : 1;
}
