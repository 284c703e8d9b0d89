import { checkOptions, createFigure, bodySizeFor, type FigureOptions, type Group } from '../figure.js';
import { leftMargin, round } from '../parts/axes.js';
import { crossNotes, drawPanel, lastKeys, valueAxis, type Curve } from '../parts/curve-panel.js';
import { emptyFigure } from '../parts/empty.js';
import { inOrder, valueIn, valueText, type HistoryRow } from '../parts/history.js';
import { addTooltip } from '../parts/tooltip.js';

export interface LearningCurveOptions extends FigureOptions {
  /** Logarithmic axes for the values. @default false */
  log?: boolean;
}

const colors = { train: '#3f90da', validation: '#e76300' };
const panelWidth = 360; // where two panels side by side are better than one wide one
const panelHeight = 190;
const gutter = 28;

/**
 * Every loss term over the epochs, training and validation apart; a panel each, since the terms differ in size.
 * A value that has no place on its axis (not finite, beyond 1e300, or not positive on a logarithmic axis) leaves a gap and a cross at the lower edge.
 * @throws TypeError where a row has no epoch or an option is unknown
 * @throws RangeError where an option has no sensible value
 */
export function learningCurve(
  rows: readonly HistoryRow[],
  options: LearningCurveOptions = {},
): SVGSVGElement {
  const subject = 'learning curve';
  checkOptions(subject, options, ['log']);
  const { log = false } = options;
  const ordered = inOrder(subject, rows);
  const terms = [...termsOf(ordered)];
  if (ordered.length === 0) return emptyFigure(subject, 'no epochs yet', options);
  if (terms.length === 0) return emptyFigure(subject, 'no train or validation terms', options);

  const epochs = ordered.map(({ epoch }) => epoch as number);
  const notes = crossNotes(
    terms.flatMap(([, curves]) => curves),
    log,
  );
  const room = bodySizeFor(options, notes);
  const columns = Math.max(
    1,
    Math.min(terms.length, Math.floor((room.width + gutter) / (panelWidth + gutter))),
  );
  const lines = Math.ceil(terms.length / columns);
  const width = (room.width - (columns - 1) * gutter) / columns;
  const height = room.height === undefined ? panelHeight : Math.max(90, room.height / lines);

  const sheet = createFigure(options, {
    subject,
    summary: summaryOf(terms, epochs),
    notes,
    width: room.width,
    height: lines * height,
  });
  const axes = terms.map(([, curves]) => valueAxis(curves, { log, width, height, keys: lastKeys(curves) }));
  const margin = Math.max(...axes.map(({ ticks }) => leftMargin(ticks)));
  const panels = terms.map(([name, curves], i) => {
    const [left, top] = [(i % columns) * (width + gutter), Math.floor(i / columns) * height];
    const parent: Group = sheet.body.append('g').attr('transform', `translate(${round(left)},${round(top)})`);
    const isLowest = i + columns >= terms.length;
    const place = { width, height, left: margin, isLowest };
    return {
      curves,
      left,
      top,
      x: drawPanel(parent, { name, curves, keys: lastKeys(curves), epochs, log, axis: axes[i]!, ...place }),
    };
  });
  addTooltip(sheet, (px, py) => {
    const panel = panels.find(
      (p) => px >= p.left && px < p.left + width && py >= p.top && py < p.top + height,
    );
    if (!panel) return undefined;
    const distances = epochs.map((epoch) => Math.abs(panel.left + panel.x(epoch) - px));
    const i = distances.indexOf(Math.min(...distances));
    const values = panel.curves.map((curve) => `${curve.name} ${valueText(curve.values[i])}`);
    return { x: panel.left + panel.x(epochs[i]!), y: py, lines: [`epoch ${epochs[i]}`, ...values] };
  });
  return sheet.svg;
}

learningCurve.example = (options: FigureOptions = {}): SVGSVGElement =>
  learningCurve(
    Array.from({ length: 20 }, (_, i) => {
      const [reconstruction, kl] = [142 + 60 / (i + 1), 6.2 - 4 / (i + 1)];
      const gap = 0.06 * i;
      return {
        epoch: i + 1,
        'train.loss': reconstruction + kl,
        'train.reconstruction': reconstruction,
        'train.kl': kl,
        'validation.loss': reconstruction + kl + 1 + gap,
        'validation.reconstruction': reconstruction + 0.9 + gap,
        'validation.kl': kl + 0.1,
      };
    }),
    { title: 'Loss by epoch', ...options },
  );

/** The curves of each term by its name: `loss` first, the others as they come. */
function termsOf(rows: HistoryRow[]): Map<string, Curve[]> {
  const terms = new Map<string, Curve[]>([['loss', []]]);
  const keys = new Set(rows.flatMap((row) => Object.keys(row)));
  for (const split of ['train', 'validation'] as const)
    for (const key of keys) {
      if (!key.startsWith(`${split}.`)) continue;
      const name = key.slice(split.length + 1);
      const values = rows.map((row) => valueIn(row, key));
      terms.set(name, [...(terms.get(name) ?? []), { name: split, color: colors[split], values }]);
    }
  if (terms.get('loss')!.length === 0) terms.delete('loss');
  return terms;
}

function summaryOf(terms: [string, Curve[]][], epochs: number[]): string {
  const ends = terms.flatMap(([name, curves]) =>
    curves.map((curve) => `${curve.name} ${name} ${valueText(curve.values.at(-1))}`),
  );
  return `${epochs.length} epochs; at epoch ${epochs.at(-1)}: ${ends.join(', ')}.`;
}
