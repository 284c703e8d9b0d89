import { scaleLinear, type ScaleLinear } from 'd3-scale';
import type { Group } from '../figure.js';
import { seriesColor } from './class-color.js';
import { numberText } from './number-text.js';
import { isWhole, valueAt, type Pictures } from './stack.js';
import { rangeOf, type Range } from './strip-range.js';
import type { Tile, TileLayout, TilePlace } from './tile-layout.js';

/** Strips are many and small: a tenth of a pixel will do. */
const tenth = (pixels: number): number => Math.round(pixels * 10) / 10 + 0;

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** So many channels a tooltip says. */
const MOST_SAID = 4;
/** How strong what lies behind a strip is. */
const FAINT = 0.3;
/** The share of its step that a bar takes; one that lies behind takes all, so that it shows around a longer one. */
const BAR = 0.7;
/** Pixels around a strip's ground, and within it around what is drawn. */
const gapOf = (width: number): number => Math.min(1, width / 10);
const paddingOf = (width: number): number => Math.min(1.5, width / 10);
/** Pixels at either end of a strip of that height in which nothing is drawn. */
export const stripMargin = (height: number): number => gapOf(height) + paddingOf(height);

/** Rows as bars from 0, a bar a value, and series as lines, a line a channel. */
export function drawStrips(
  parent: Group,
  tiles: readonly (Tile | undefined)[],
  layout: TileLayout,
  { x, y, pixel }: TilePlace,
): void {
  const stacks = new Set(tiles.flatMap((tile) => (tile ? [tile.pictures, tile.behind ?? []].flat() : [])));
  const range = rangeOf([...stacks]);
  const strips = tiles.flatMap((tile, i) => {
    if (!tile) return [];
    const place = layout.place(i);
    const gap = gapOf(place.height * pixel);
    const box: Box = {
      left: x + place.x * pixel + gap,
      top: y + place.y * pixel + gap,
      width: place.width * pixel - 2 * gap,
      height: place.height * pixel - 2 * gap,
    };
    return [{ ...tile, box }];
  });
  parent
    .append('path')
    .attr('d', strips.map(({ box }) => groundPath(box, range)).join(''))
    .attr('fill', 'currentColor')
    .attr('fill-opacity', 0.07);
  for (const { pictures, index, light = 1, behind, box } of strips) {
    if (behind && isWhole(behind, index))
      drawStrip(parent, behind, { index, box, range, opacity: FAINT, bar: 1 });
    drawStrip(parent, pictures, { index, box, range, opacity: light, bar: BAR });
  }
}

/** A faint ground, on which the line of 0 is missing. */
function groundPath({ left, top, width, height }: Box, range: Range): string {
  const at = scaleOf(range, { left, top, width, height })(0);
  const [across, down] = [tenth(width), tenth(height)];
  const rectangle = (from: number, size: number) =>
    `M${tenth(left)},${tenth(from)}h${across}v${tenth(size)}h${-across}z`;
  if (range.low >= 0 || range.high <= 0) return rectangle(top, down);
  return rectangle(top, at - 0.4 - top) + rectangle(at + 0.4, top + down - at - 0.4);
}

function scaleOf({ low, high }: Range, { top, height }: Box): ScaleLinear<number, number> {
  const padding = paddingOf(height);
  return scaleLinear([low, high], [top + height - padding, top + padding]).clamp(true);
}

/** What the pointer is on, `left` pixels into a tile of that size: `value 7: 0.53`, `step 12: 0.53, −0.2`, one stack's → the next one's; nothing on an image. */
export function linesUnder(
  stacks: readonly Pictures[],
  index: number,
  { left, width, height }: { left: number; width: number; height: number },
): string[] {
  const { kind, shape } = stacks[0]!;
  if (kind === 'image') return [];
  const [steps, channels = 1] = shape as [number, number?];
  const margin = stripMargin(height);
  const step = Math.floor((steps * (left - margin)) / (width - 2 * margin));
  if (step < 0 || step >= steps) return [];
  const texts = stacks.map((pictures) =>
    Array.from({ length: Math.min(channels, MOST_SAID) }, (_, channel) =>
      numberText(valueAt(pictures, index, step * channels + channel), 3),
    ).join(', '),
  );
  return [
    `${kind === 'row' ? 'value' : 'step'} ${step}: ${texts.join(' → ')}${channels > MOST_SAID ? ', …' : ''}`,
  ];
}

function drawStrip(
  parent: Group,
  pictures: Pictures,
  {
    index,
    box,
    range,
    opacity,
    bar,
  }: { index: number; box: Box; range: Range; opacity: number; bar: number },
): void {
  const { kind, shape } = pictures;
  const [places, channels = 1] = shape as [number, number?];
  const padding = paddingOf(box.height);
  const step = (box.width - 2 * padding) / places;
  const across = (place: number) => tenth(box.left + padding + (place + 0.5) * step);
  const upwards = scaleOf(range, box);
  for (let channel = 0; channel < channels; channel++) {
    const shown = atMost(2 * box.width, places, (place) =>
      valueAt(pictures, index, place * channels + channel),
    );
    const path = shown.map(([place, value], i) =>
      kind === 'row'
        ? `M${across(place)},${tenth(upwards(0))}V${tenth(upwards(value))}`
        : `${i === 0 ? 'M' : 'L'}${across(place)},${tenth(upwards(value))}`,
    );
    parent
      .append('path')
      .attr('d', path.join(''))
      .attr('fill', 'none')
      .attr('stroke', channels === 1 ? 'currentColor' : seriesColor(channel))
      .attr('stroke-opacity', opacity === 1 ? null : opacity)
      .attr(
        'stroke-width',
        tenth(kind === 'row' ? Math.max(0.5, bar * step) : Math.min(1.5, Math.max(1, box.height / 24))),
      )
      .attr('stroke-linejoin', 'round');
  }
}

/** Values with their places; where there are more than a screen shows, the smallest and the largest of each stretch. */
function atMost(
  most: number,
  places: number,
  at: (place: number) => number,
): [place: number, value: number][] {
  const all = Array.from({ length: places }, (_, place): [number, number] => [place, at(place)]);
  if (places <= most) return all;
  const stretches = Math.max(1, Math.floor(most / 2));
  return Array.from({ length: stretches }, (_, i) =>
    all
      .slice(Math.floor((i * places) / stretches), Math.floor(((i + 1) * places) / stretches))
      .sort(([, a], [, b]) => a - b),
  ).flatMap((stretch) => [stretch[0]!, stretch.at(-1)!].sort(([a], [b]) => a - b));
}
