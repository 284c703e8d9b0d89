import { max, median } from 'd3-array';

/** Between a coordinate of codes and its place on an axis that suits them. */
export interface CodeAxis {
  /** How far from 0 the axis is linear; beyond it is logarithmic. Infinity where all of it is linear. */
  linearUpTo: number;
  toPlace(coordinate: number): number;
  toCoordinate(place: number): number;
}

/** How many times as far as its median the farthest coordinate may lie before it counts as a long tail. */
const LONG_TAIL = 50;

/**
 * The axis on which these coordinates can be told apart: linear; or, where they have long tails as those of an unbounded code may have,
 * linear around 0 and logarithmic beyond their median distance from it (J. B. W. Webber, "A bi-symmetric log transformation for
 * wide-range data", 2012, as d3's symlog scale has it).
 */
export function codeAxis(coordinates: ArrayLike<number>): CodeAxis {
  const distances = Array.from(coordinates, Math.abs).filter((distance) => distance > 0);
  const [middle = 0, largest = 0] = [median(distances), max(distances)];
  return middle > 0 && largest > LONG_TAIL * middle ? symlog(middle) : linearAxis;
}

/** The axis of coordinates without long tails: a place is its coordinate. */
export const linearAxis: CodeAxis = {
  linearUpTo: Infinity,
  toPlace: (coordinate) => coordinate,
  toCoordinate: (place) => place,
};

const symlog = (constant: number): CodeAxis => ({
  linearUpTo: constant,
  toPlace: (coordinate) => Math.sign(coordinate) * Math.log1p(Math.abs(coordinate) / constant),
  toCoordinate: (place) => Math.sign(place) * Math.expm1(Math.abs(place)) * constant,
});
