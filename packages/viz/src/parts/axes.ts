import type { ScaleContinuousNumeric, ScaleSymLog } from 'd3-scale';
import type { Group } from '../figure.js';
import { tickText } from './number-text.js';
import { plainText, textWidth } from './text.js';

type NumberScale = ScaleContinuousNumeric<number, number>;

export interface AxisSpec {
  scale: NumberScale;
  ticks: number[];
  /** The range of the other axis, in pixels: how far the grid lines reach; equal ends mean no lines. */
  across: [number, number];
  /** What the numbers are. */
  label?: string | undefined;
}

/** Up to about `count` ticks; a logarithmic scale that spans decades gets powers of ten, and so does one of both signs. */
export function niceTicks(scale: NumberScale, count: number): number[] {
  if ('constant' in scale) return symlogTicks(scale as ScaleSymLog<number, number>, count);
  const ticks = scale.ticks(count);
  if (ticks.length <= count * 1.6) return ticks;
  if (!('base' in scale)) return scale.ticks(count / 2); // linear: only a logarithmic axis has decades
  const decades = ticks.filter((tick) => leadingDigit(tick) === 1);
  if (decades.length < 2 || 3 * decades.length <= count)
    return ticks.filter((tick) => [1, 2, 5].includes(leadingDigit(tick)));
  const stride = Math.max(1, Math.ceil(decades.length / count));
  return decades.filter((_, i) => i % stride === 0);
}

/** 0 and powers of ten to both sides of it, from where the scale has become logarithmic. */
function symlogTicks(scale: ScaleSymLog<number, number>, count: number): number[] {
  const [low, high] = scale.domain() as [number, number];
  const largest = Math.max(Math.abs(low), Math.abs(high));
  const first = Math.ceil(Math.log10(scale.constant()));
  const all = Math.max(0, Math.floor(Math.log10(largest)) - first + 1);
  const sides = (low < 0 ? 1 : 0) + (high > 0 ? 1 : 0);
  const stride = Math.max(1, Math.ceil((all * sides) / count));
  const powers = Array.from({ length: Math.ceil(all / stride) }, (_, i) => 10 ** (first + i * stride));
  const [start, end] = scale.range() as [number, number];
  const isClear = (tick: number) =>
    tick === 0 || Math.abs(scale(tick) - scale(0)) > Math.abs(end - start) / (2 * count);
  return [...powers.map((power) => -power).reverse(), 0, ...powers].filter(
    (tick) => tick >= low && tick <= high && isClear(tick),
  );
}

const leadingDigit = (value: number): number => Number(value.toExponential(6)[0]);

/** Pixels that the labels of a left axis take. */
export const leftMargin = (ticks: number[]): number =>
  Math.max(24, Math.ceil(Math.max(0, ...ticks.map((tick) => textWidth(tickText(ticks)(tick), 11)))) + 9);

/** Grid lines, numbers below them, and at the right end what they are. The strip below the grid is 18 pixels high, 34 with a label. */
export function drawBottomAxis(
  parent: Group,
  { scale, ticks, across: [top, bottom], label }: AxisSpec,
): void {
  const text = tickText(ticks);
  const axis = axisGroup(parent);
  for (const tick of ticks) {
    const x = round(scale(tick));
    if (top !== bottom)
      axis
        .append('path')
        .attr('d', `M${x},${round(top)}V${round(bottom)}`)
        .attr('stroke', 'currentColor')
        .attr('stroke-opacity', 0.12);
    axis
      .append('text')
      .attr('x', x)
      .attr('y', round(bottom) + 14)
      .attr('text-anchor', 'middle')
      .text(text(tick));
  }
  if (label === undefined) return;
  axis
    .append('text')
    .attr('x', round(scale.range().at(-1)!))
    .attr('y', round(bottom) + 30)
    .attr('text-anchor', 'end')
    .text(`${plainText(label)} →`);
}

/** Grid lines, numbers at their left, and what they are 10 pixels above `top`. */
export function drawLeftAxis(
  parent: Group,
  { scale, ticks, across: [left, right], label, top = scale.range().at(-1)! }: AxisSpec & { top?: number },
): void {
  const text = tickText(ticks);
  const axis = axisGroup(parent);
  for (const tick of ticks) {
    const y = round(scale(tick));
    if (left !== right)
      axis
        .append('path')
        .attr('d', `M${round(left)},${y}H${round(right)}`)
        .attr('stroke', 'currentColor')
        .attr('stroke-opacity', 0.12);
    axis
      .append('text')
      .attr('x', round(left) - 7)
      .attr('y', y + 3.8)
      .attr('text-anchor', 'end')
      .text(text(tick));
  }
  if (label === undefined) return;
  axis
    .append('text')
    .attr('x', 0)
    .attr('y', round(top) - 10)
    .text(`↑ ${plainText(label)}`);
}

/** To a hundredth of a pixel: short files, and the same digits on every machine. */
export const round = (pixels: number): number => Math.round(pixels * 100) / 100 + 0;

const axisGroup = (parent: Group): Group =>
  parent.append('g').attr('font-size', 11).attr('fill-opacity', 0.75);
