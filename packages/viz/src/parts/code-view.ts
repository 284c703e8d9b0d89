import { pca } from '../projections/pca.js';
import { equalCodes, type EqualCodes } from './equal-codes.js';
import { numberText } from './number-text.js';
import { codeAxis, linearAxis, type CodeAxis } from './symlog.js';

/** Codes as a figure shows them: one or two coordinates a point. */
export interface CodeView {
  /** Which points can be drawn, in the order of the data. */
  points: number[];
  x(point: number): number;
  /** Absent for codes of one dimension. */
  y?(point: number): number;
  /** What the coordinates are. */
  names: [string, string];
  /** Of both coordinates. */
  axis: CodeAxis;
  /** Codes that many points share. */
  equal: EqualCodes[];
  /** How the view differs from the codes themselves. */
  notes: string[];
}

/** The codes themselves where they have one or two dimensions, otherwise the first two principal components. */
export function viewOf(codes: Float32Array, dimensions: number): CodeView {
  const count = codes.length / dimensions;
  const points = finitePoints(codes, dimensions);
  const notes =
    points.length < count
      ? [
          `${numberText(count - points.length)} of ${numberText(count)} codes are not finite and are left out.`,
        ]
      : [];
  if (dimensions > 2 && points.length > 0) return principalView(codes, dimensions, points, notes);
  const x = (point: number) => codes[point * dimensions]!;
  if (dimensions === 1) {
    const equal = equalCodes(points, (point) => [x(point)]);
    return {
      points,
      x,
      axis: linearAxis,
      names: ['code', ''],
      equal,
      notes: [...notes, ...equalNotes(points, equal)],
    };
  }
  const y = (point: number) => codes[point * dimensions + 1]!;
  const axis = codeAxis(points.flatMap((point) => [x(point), y(point)]));
  if (Number.isFinite(axis.linearUpTo))
    notes.push(
      `The codes have long tails: the axes are logarithmic beyond ±${numberText(axis.linearUpTo, 2)}.`,
    );
  const equal = equalCodes(points, (point) => [x(point), y(point)]);
  return {
    points,
    x,
    y,
    axis,
    names: ['code 1', 'code 2'],
    equal,
    notes: [...notes, ...equalNotes(points, equal), ...constantNotes(points, [x, y])],
  };
}

function equalNotes(points: number[], equal: readonly EqualCodes[]): string[] {
  if (equal.length === 0) return [];
  if (equal[0]!.count === points.length)
    return [`All ${numberText(points.length)} codes are equal: one point.`];
  const shares = equal.map(({ count }) => numberText(count)).join(', ');
  return [`In a ring: ${shares} of ${numberText(points.length)} codes are equal and lie on each other.`];
}

/** Coordinates that say nothing about any example, where the others do. */
function constantNotes(points: number[], coordinates: ((point: number) => number)[]): string[] {
  if (points.length < 2) return [];
  const isConstant = coordinates.map((at) => points.every((point) => at(point) === at(points[0]!)));
  if (isConstant.every(Boolean)) return [];
  return coordinates.flatMap((at, axis) =>
    isConstant[axis] ? [`Code ${axis + 1} is ${numberText(at(points[0]!), 3)} throughout.`] : [],
  );
}

function finitePoints(codes: Float32Array, dimensions: number): number[] {
  const points: number[] = [];
  for (let point = 0; point < codes.length / dimensions; point++)
    if (codes.subarray(point * dimensions, (point + 1) * dimensions).every(Number.isFinite))
      points.push(point);
  return points;
}

function principalView(codes: Float32Array, dimensions: number, points: number[], notes: string[]): CodeView {
  const values = new Float32Array(points.length * dimensions);
  points.forEach((point, i) =>
    values.set(codes.subarray(point * dimensions, (point + 1) * dimensions), i * dimensions),
  );
  const { explainedVariance, totalVariance, project } = pca({ values, count: points.length, dimensions }, 2);
  const projected = project(values);
  const rank = new Map(points.map((point, i) => [point, i]));
  const equal = equalCodes(points, (point) => [
    ...codes.subarray(point * dimensions, (point + 1) * dimensions),
  ]);
  const percent = (variance: number) =>
    `${totalVariance > 0 ? numberText((100 * variance) / totalVariance, 3) : 0} %`;
  const [first, second] = [explainedVariance[0]!, explainedVariance[1]!];
  return {
    points,
    axis: linearAxis,
    x: (point) => projected[2 * rank.get(point)!]!,
    y: (point) => projected[2 * rank.get(point)! + 1]!,
    names: [`principal component 1 (${percent(first)})`, `principal component 2 (${percent(second)})`],
    notes: [
      `PCA of codes of ${dimensions} dimensions: the two components shown hold ${percent(first + second)} of the variance.`,
      ...notes,
      ...equalNotes(points, equal),
    ],
    equal,
  };
}
