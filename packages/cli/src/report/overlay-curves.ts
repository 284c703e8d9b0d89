import { scaleLinear } from 'd3-scale';

import { Html, markup } from './markup.js';
import { formatMetric } from './numbers.js';

/** One run's values of a term: an epoch each, null or undefined where there is none. */
export interface OverlaidRun {
  name: string;
  color: string;
  train: (number | null | undefined)[];
  validation: (number | null | undefined)[];
}

const [width, height] = [480, 260];
const edge = { top: 26, right: 10, bottom: 34 };
/** Pixels of the widest digit at the size of the numbers, on the generous side. */
const digit = 7;

/** The curves of several runs over each other, validation in full colour and training faint; an SVG as text. */
export function overlayCurves(term: string, runs: readonly OverlaidRun[]): string {
  const values = runs.flatMap(({ train, validation }) => [...train, ...validation]).filter(isDrawable);
  const epochs = Math.max(
    1,
    ...runs.map(({ train, validation }) => Math.max(train.length, validation.length)),
  );
  const y = scaleLinear(rangeOf(values), [height - edge.bottom, edge.top]).nice(5);
  const ticks = y.ticks(5).map((tick) => ({ tick, text: y.tickFormat(5)(tick) }));
  const left = 12 + digit * Math.max(4, ...ticks.map(({ text }) => text.length));
  const x = scaleLinear([1, Math.max(2, epochs)], [left, width - edge.right]);
  const curve = ({ color, name }: OverlaidRun, split: 'train' | 'validation', row: OverlaidRun['train']) =>
    markup`<path d="${pathOf(row, x, y)}" fill="none" stroke="${color}" stroke-width="2" stroke-linejoin="round"${
      split === 'train' && new Html(' stroke-opacity="0.35" stroke-width="1.5"')
    }><title>${name}, ${split} ${formatMetric(term, row.findLast(isDrawable))}</title></path>${dots(row, color, split, x, y)}`;
  return markup`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" fill="currentColor" font-family="system-ui, sans-serif" font-size="12">
<title>${term} by epoch</title>
<desc>${runs.map(({ name, validation }) => `${name} ${formatMetric(term, validation.findLast(isDrawable))}`).join(', ')}</desc>
<text y="13" font-weight="600">${term}</text>
${ticks.map(
  ({
    tick,
    text,
  }) => markup`<path d="M${left},${y(tick)}H${width - edge.right}" stroke="currentColor" stroke-opacity="0.12"/>
<text x="${left - 7}" y="${y(tick) + 4}" text-anchor="end" font-size="11" fill-opacity="0.75">${text}</text>`,
)}
${epochTicks(epochs).map(
  (tick) =>
    markup`<text x="${x(tick)}" y="${height - edge.bottom + 16}" text-anchor="middle" font-size="11" fill-opacity="0.75">${tick}</text>`,
)}
<text x="${width - edge.right}" y="${height - 3}" text-anchor="end" font-size="11" fill-opacity="0.75">epoch →</text>
${runs.map((run) => [curve(run, 'train', run.train), curve(run, 'validation', run.validation)])}
</svg>`.text;
}

const isDrawable = (value: number | null | undefined): value is number =>
  typeof value === 'number' && Number.isFinite(value);

type Scale = (value: number) => number;

/** A gap where a value is missing. */
function pathOf(row: OverlaidRun['train'], x: Scale, y: Scale): string {
  return row
    .map((value, i) =>
      isDrawable(value) ? `${isDrawable(row[i - 1]) ? 'L' : 'M'}${round(x(i + 1))},${round(y(value))}` : '',
    )
    .join('');
}

/** A point where a line would not show: at a value without neighbours. */
const dots = (row: OverlaidRun['train'], color: string, split: string, x: Scale, y: Scale): Html[] =>
  row.flatMap((value, i) =>
    isDrawable(value) && !isDrawable(row[i - 1]) && !isDrawable(row[i + 1])
      ? markup`<circle cx="${round(x(i + 1))}" cy="${round(y(value))}" r="3.5" fill="${color}" fill-opacity="${split === 'train' ? 0.35 : 1}"/>`
      : [],
  );

function rangeOf(values: readonly number[]): [number, number] {
  if (values.length === 0) return [0, 1];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return high > low ? [low, high] : [low - 0.5, high + 0.5];
}

/** Whole epochs, the first one included. */
const epochTicks = (epochs: number): number[] =>
  epochs === 1
    ? [1]
    : [
        1,
        ...scaleLinear([1, epochs], [0, 1])
          .ticks(6)
          .filter((tick) => Number.isInteger(tick) && tick > 1),
      ];

const round = (value: number): number => Math.round(value * 100) / 100;
