import { COLORS } from './class-color.js';

/** How a point is drawn, so that classes beyond the colours can be told apart: twenty classes a mark. */
export interface ClassMark {
  /** The mark in a text before the name of a class; the first has none. */
  sign: string;
  /** What is stroked and perhaps filled, around a place and as far from it as a dot of this radius. */
  path(at: { x: number; y: number }, radius: number): string;
  /** Width of the stroke, in radii. */
  stroke: number;
  isFilled: boolean;
}

const tenth = (pixels: number): number => Math.round(pixels * 10) / 10 + 0;

const marks: readonly ClassMark[] = [
  // A round end of a line without length, so that ten thousand cost a page little.
  { sign: '', path: ({ x, y }) => `M${tenth(x)},${tenth(y)}h0`, stroke: 2, isFilled: false },
  {
    sign: '+',
    path: ({ x, y }, radius) => {
      const arm = tenth(1.4 * radius);
      return `M${tenth(x - arm)},${tenth(y)}h${2 * arm}m${-arm},${-arm}v${2 * arm}`;
    },
    stroke: 0.7,
    isFilled: false,
  },
  {
    sign: '▲',
    path: ({ x, y }, radius) => {
      const half = tenth(radius);
      return `M${tenth(x - half)},${tenth(y + 0.6 * radius)}h${2 * half}l${-half},${tenth(-1.7 * radius)}z`;
    },
    stroke: 0.3,
    isFilled: true,
  },
  {
    sign: '□',
    path: ({ x, y }, radius) => {
      const side = tenth(1.8 * radius);
      return `M${tenth(x - side / 2)},${tenth(y - side / 2)}h${side}v${side}h${-side}z`;
    },
    stroke: 0.5,
    isFilled: false,
  },
];

/** So many classes have a colour and a mark of their own. */
export const MOST_MARKED = COLORS * marks.length;

/** The mark of a class from 0. */
export const classMark = (label: number): ClassMark => marks[Math.floor(label / COLORS) % marks.length]!;
