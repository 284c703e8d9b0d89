import { checkOptions, type FigureOptions } from '../figure.js';
import { emptyFigure } from '../parts/empty.js';
import { drawErrorBars } from '../parts/error-bars.js';
import { drawErrorHeat } from '../parts/error-heat.js';
import { drawErrorStrips } from '../parts/error-strips.js';
import { errorsOf } from '../parts/errors.js';
import { exampleStack, type ExampleKind } from '../parts/example-data.js';
import { checkLabels } from '../parts/labels.js';
import { picturesOf, pluralOf, valueAt, type Pictures, type Stack } from '../parts/stack.js';

/** Examples that do not belong, and what made them so. */
export interface BlamedExamples {
  /** Those to be shown, in order; the most anomalous first, as a rule. */
  originals: Stack;
  /** As many numbers as the originals hold: what of its score comes from each value, as `where` of a detector. What is below 0 counts as 0. */
  where: Float32Array;
  /** One text or number above each, such as its score. */
  labels?: ArrayLike<string | number> | undefined;
  /** The names of the columns of rows, or of the channels of series. */
  fields?: readonly string[] | undefined;
}

/**
 * Examples, each with what made its score: images over a map of their errors, the brighter the larger; rows of a table as bars of
 * the columns that have most of the error, with their names and values; windows of a series as lines, their time steps shaded by the
 * error. The errors of channels are added up. Maps and shades share one scale, bars are shares of their own row's error.
 * @throws TypeError where values, errors, labels and fields do not fit together or an option is unknown
 * @throws RangeError where a size or an option has no sensible value
 */
export function anomalyMaps(data: BlamedExamples, options: FigureOptions = {}): SVGSVGElement {
  const subject = 'anomaly maps';
  checkOptions(subject, options);
  const found = picturesOf(subject, data.originals, 'originals');
  checkFields(subject, found, data.fields);
  const pictures = { ...found, names: data.fields };
  const labels = checkLabels(subject, data.labels, pictures);
  const errors = errorsOf(subject, pictures, data.where);
  if (pictures.count === 0) return emptyFigure(subject, `no ${pluralOf(pictures.kind)}`, options);
  return drawings[pictures.kind]({ subject, pictures, errors, labels }, options);
}

const drawings = { image: drawErrorHeat, row: drawErrorBars, series: drawErrorStrips };

anomalyMaps.example = (options: FigureOptions = {}, of: ExampleKind = 'images'): SVGSVGElement => {
  const phases = Array.from({ length: 6 }, (_, i) => 0.05 + i / 7);
  const [originals, copies] = [phases, phases.map((phase) => phase + 0.1)].map((own) =>
    picturesOf('example', exampleStack(of, own)),
  ) as [Pictures, Pictures];
  const { values, count, shape, size } = originals;
  const where = Float32Array.from(values, (_, i) => {
    const [index, place] = [Math.floor(i / size), i % size];
    const part = Math.exp(-((8 * (place / size - phases[index]!)) ** 2)); // elsewhere the copy is as it should be
    return part * (valueAt(originals, index, place) - valueAt(copies, index, place)) ** 2;
  });
  return anomalyMaps(
    { originals: { values, count, shape }, where, labels: phases.map((_, i) => `score ${9 - i}`) },
    { title: 'What made them anomalies', ...options },
  );
};

function checkFields(
  subject: string,
  { kind, shape }: Pictures,
  fields: readonly string[] | undefined,
): void {
  const expected = kind === 'row' ? shape[0] : shape[1];
  if (fields && kind !== 'image' && fields.length !== expected)
    throw new TypeError(
      `Cannot draw ${subject}: found ${fields.length} fields, expected ${expected}, the names of ${kind === 'row' ? 'all columns' : 'all channels'}`,
    );
}
