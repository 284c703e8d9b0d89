import { extent } from 'd3-array';
import { scaleLinear, scaleLog, type ScaleContinuousNumeric } from 'd3-scale';
import type { Group } from '../figure.js';
import { drawBottomAxis, drawLeftAxis, niceTicks, round } from './axes.js';
import { drawKeys, keyWidth, type Key } from './keys.js';
import { measureText } from './number-text.js';
import { fitText } from './text.js';

/** One line of a panel: a value an epoch, undefined where there is none. */
export interface Curve {
  name: string;
  color: string;
  values: (number | undefined)[];
  /** Whether it stays behind the others. @default false */
  isFaint?: boolean;
}

/** The value axis of a panel. */
export interface ValueAxis {
  scale: NumberScale;
  ticks: number[];
}

export interface PanelSpec {
  name: string;
  curves: Curve[];
  /** What colours stand for, beside the name. */
  keys: Key[];
  epochs: number[];
  log: boolean;
  width: number;
  height: number;
  axis: ValueAxis;
  /** Pixels for the numbers of the value axis. */
  left: number;
  /** Whether to say below that the numbers are epochs. */
  isLowest: boolean;
}

type NumberScale = ScaleContinuousNumeric<number, number>;

const foot = 36;
const FAINT = 0.4;
const isNarrow = (width: number): boolean => width < 330;
const headOf = ({ width, keys }: Pick<PanelSpec, 'width' | 'keys'>): number =>
  isNarrow(width) && keys.length > 0 ? 48 : 32;

/** Whether the value has a place on the axis. */
const canDraw = (value: number | undefined, log: boolean): value is number =>
  value !== undefined && Math.abs(value) < 1e300 && (!log || value > 0);

/** The axis on which the curves of a panel of that height fit; no ticks where there is nothing to draw. */
export function valueAxis(
  curves: Curve[],
  { log, width, height, keys }: Pick<PanelSpec, 'log' | 'width' | 'height' | 'keys'>,
): ValueAxis {
  const head = headOf({ width, keys });
  const values = curves.flatMap((curve) => curve.values).filter((value) => canDraw(value, log));
  const scale = valueScale(values, log).range([height - foot, head]);
  return {
    scale,
    ticks: values.length > 0 ? niceTicks(scale, Math.max(2, (height - foot - head) / 28)) : [],
  };
}

/** One term's curves, headed by its name and the keys; gives the scale of the epochs. */
export function drawPanel(parent: Group, spec: PanelSpec): NumberScale {
  const { curves, epochs, log, width, height, axis, left, isLowest } = spec;
  const bottom = height - foot;
  const x = epochScale(epochs).range([left + 6, width - 6]);

  drawHeading(parent, spec);
  drawLeftAxis(parent, { ...axis, across: [left, width] });
  const ticks = epochTicks(x, width);
  drawBottomAxis(parent, {
    scale: x,
    ticks,
    across: [bottom, bottom],
    label: isLowest ? 'epoch' : undefined,
  });
  const hasDots = epochs.length <= 40 && curves.length <= 2;
  for (const curve of curves) drawCurve(parent, curve, { x, y: axis.scale, epochs, log, bottom, hasDots });
  if (axis.ticks.length === 0)
    parent
      .append('text')
      .attr('x', (left + width) / 2)
      .attr('y', (headOf(spec) + bottom) / 2)
      .attr('text-anchor', 'middle')
      .attr('fill-opacity', 0.65)
      .text(log ? 'no positive value' : 'no finite value');
  return x;
}

/** The curves with their last values. */
export const lastKeys = (curves: Curve[]): Key[] =>
  curves.map(({ name, color, values }) => ({
    name: `${name} ${measureText(values.findLast((value) => value !== undefined) ?? NaN)}`,
    color,
  }));

/** What the small print says about values without a place on the axis, if there are any. */
export function crossNotes(curves: Curve[], log: boolean): string[] {
  const values = curves.flatMap((curve) => curve.values);
  if (!values.some((value) => value !== undefined && !canDraw(value, log))) return [];
  return [`× marks an epoch whose value is not finite${log ? ', or not positive' : ''}.`];
}

/** The term at the left, and at the right, or below where there is no room, the keys. */
function drawHeading(parent: Group, { name, keys, width }: PanelSpec): void {
  const room = isNarrow(width) ? width : width - keys.reduce((sum, key) => sum + keyWidth(key), 0);
  parent
    .append('text')
    .attr('y', 13)
    .attr('font-weight', 600)
    .text(fitText(name, room, 12.5));
  const legend = parent.append('text').attr('font-size', 11);
  if (isNarrow(width)) legend.attr('y', 30);
  else legend.attr('x', round(width)).attr('y', 13).attr('text-anchor', 'end');
  drawKeys(legend, keys);
}

function drawCurve(
  parent: Group,
  { color, values, isFaint = false }: Curve,
  {
    x,
    y,
    epochs,
    log,
    bottom,
    hasDots,
  }: { x: NumberScale; y: NumberScale; epochs: number[]; log: boolean; bottom: number; hasDots: boolean },
): void {
  const draws = values.map((value) => canDraw(value, log));
  const path = values.map((value, i) => {
    if (!draws[i]) return '';
    const isAlone = !draws[i - 1] && !draws[i + 1];
    return `${draws[i - 1] ? 'L' : 'M'}${round(x(epochs[i]!))},${round(y(value!))}${isAlone ? 'Z' : ''}`;
  });
  parent
    .append('path')
    .attr('d', path.join(''))
    .attr('fill', 'none')
    .attr('stroke', color)
    .attr('stroke-width', isFaint ? 1.5 : 2)
    .attr('stroke-opacity', isFaint ? FAINT : null)
    .attr('stroke-linejoin', 'round')
    .attr('stroke-linecap', 'round');
  values.forEach((value, i) => {
    const [before, after] = [draws[i - 1], draws[i + 1]];
    if (draws[i] && (hasDots || (!before && !after)))
      parent
        .append('circle')
        .attr('cx', round(x(epochs[i]!)))
        .attr('cy', round(y(value!)))
        .attr('r', 2.5)
        .attr('fill', color)
        .attr('fill-opacity', isFaint ? FAINT : null);
    if (!draws[i] && value !== undefined)
      parent
        .append('path')
        .attr('d', `M${round(x(epochs[i]!) - 3)},${round(bottom - 7)}l6,6m0,-6l-6,6`)
        .attr('stroke', color)
        .attr('stroke-opacity', isFaint ? FAINT : null)
        .attr('stroke-width', 1.5);
  });
}

function valueScale(values: number[], log: boolean): NumberScale {
  const [low = 1, high = 1] = extent(values);
  if (log) return low === high ? scaleLog([low / 2, high * 2], [0, 1]) : scaleLog([low, high], [0, 1]);
  const pad = low === high ? Math.abs(low) / 10 || 1 : 0;
  return scaleLinear([low - pad, high + pad], [0, 1]).nice(4);
}

function epochScale(epochs: number[]): NumberScale {
  const [first = 0, last = 0] = extent(epochs);
  return scaleLinear(first === last ? [first - 0.5, last + 0.5] : [first, last], [0, 1]);
}

const epochTicks = (x: NumberScale, width: number): number[] =>
  niceTicks(x, Math.max(2, width / 60)).filter(Number.isInteger);
