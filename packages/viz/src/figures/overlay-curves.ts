import { checkOptions, createFigure, bodySizeFor, type FigureOptions } from '../figure.js';
import { leftMargin } from '../parts/axes.js';
import { seriesColor } from '../parts/class-color.js';
import { crossNotes, drawPanel, valueAxis, type Curve } from '../parts/curve-panel.js';
import { emptyFigure } from '../parts/empty.js';
import { inOrder, valueIn, valueText, type HistoryRow } from '../parts/history.js';
import { addTooltip } from '../parts/tooltip.js';

/** Several runs and the one term of theirs that is compared. */
export interface OverlaidRuns {
  /** Such as `loss`, of which the rows hold `train.loss` and `validation.loss`. */
  term: string;
  runs: readonly { name: string; rows: readonly HistoryRow[] }[];
}

export interface OverlayCurvesOptions extends FigureOptions {
  /** A logarithmic axis for the values. @default false */
  log?: boolean;
}

const panelHeight = 240;

/**
 * One term of several runs over the epochs, a colour a run: validation in full colour, training faint.
 * A value that has no place on the axis leaves a gap and a cross at the lower edge, as in `learningCurve`.
 * @throws TypeError where a row has no epoch or an option is unknown
 * @throws RangeError where an option has no sensible value
 */
export function overlayCurves(
  { term, runs }: OverlaidRuns,
  options: OverlayCurvesOptions = {},
): SVGSVGElement {
  const subject = 'overlay of curves';
  checkOptions(subject, options, ['log']);
  const { log = false } = options;
  const ordered = runs.map(({ name, rows }) => ({ name, rows: inOrder(subject, rows) }));
  const epochs = [...new Set(ordered.flatMap(({ rows }) => rows.map(({ epoch }) => epoch as number)))].sort(
    (a, b) => a - b,
  );
  const curvesOf = (split: 'train' | 'validation'): Curve[] =>
    ordered.map(({ name, rows }, i) => {
      const byEpoch = new Map(rows.map((row) => [row['epoch'], row]));
      const values = epochs.map((epoch) => valueIn(byEpoch.get(epoch), `${split}.${term}`));
      return { name, color: seriesColor(i), values, isFaint: split === 'train' };
    });
  const [train, validation] = [curvesOf('train'), curvesOf('validation')];
  const curves = [...train, ...validation];
  if (epochs.length === 0) return emptyFigure(subject, 'no epochs yet', options);
  if (curves.every(({ values }) => values.every((value) => value === undefined)))
    return emptyFigure(subject, `no run has ${term}`, options);

  const last = ordered.map(({ name }, i) => ({
    name: `${name} ${valueText(lastOf(validation[i]!) ?? lastOf(train[i]!))}`,
    color: seriesColor(i),
  }));
  const notes = ['Validation in full colour, training faint.', last, ...crossNotes(curves, log)];
  const { width, height = panelHeight } = bodySizeFor(options, notes);
  const axis = valueAxis(curves, { log, width, height, keys: [] });
  const sheet = createFigure(options, {
    subject,
    summary: `${term} of ${runs.length} runs by epoch; at the end of each: ${last.map(({ name }) => name).join(', ')}.`,
    notes,
    width,
    height,
  });
  const left = leftMargin(axis.ticks);
  const spec = { name: term, curves, keys: [], epochs, log, axis, width, height, left, isLowest: true };
  const x = drawPanel(sheet.body, spec);
  addTooltip(sheet, (px, py) => {
    if (py > height) return undefined;
    const distances = epochs.map((epoch) => Math.abs(x(epoch) - px));
    const i = distances.indexOf(Math.min(...distances));
    const values = ordered.map(
      ({ name }, run) =>
        `${name}: validation ${valueText(validation[run]!.values[i])}, train ${valueText(train[run]!.values[i])}`,
    );
    return { x: x(epochs[i]!), y: py, lines: [`epoch ${epochs[i]}`, ...values] };
  });
  return sheet.svg;
}

overlayCurves.example = (options: FigureOptions = {}): SVGSVGElement => {
  const run = (name: string, from: number, to: number, epochs: number) => ({
    name,
    rows: Array.from({ length: epochs }, (_, i) => {
      const value = to + (from - to) / (1 + 0.6 * i);
      return { epoch: i + 1, 'train.loss': value, 'validation.loss': value + 1 + 0.12 * i };
    }),
  });
  return overlayCurves(
    {
      term: 'loss',
      runs: [run('vae', 200, 146, 20), run('beta-vae', 210, 161, 20), run('ae', 185, 139, 12)],
    },
    { title: 'Three runs', ...options },
  );
};

const lastOf = ({ values }: Curve): number | undefined => values.findLast((value) => value !== undefined);
