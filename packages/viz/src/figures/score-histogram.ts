import { max, sum } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { bodySizeFor, checkOptions, createFigure, type FigureOptions, type Note } from '../figure.js';
import { drawBottomAxis, drawLeftAxis, leftMargin, niceTicks, round } from '../parts/axes.js';
import { seriesColor } from '../parts/class-color.js';
import { emptyFigure } from '../parts/empty.js';
import { numberText, percentText } from '../parts/number-text.js';
import { binsOf } from '../parts/score-bins.js';
import { textWidth, wrapText } from '../parts/text.js';
import { addTooltip } from '../parts/tooltip.js';

/** What a detector says of examples, and, where it is known, what they are. */
export interface JudgedScores {
  /** The higher, the less an example belongs. */
  scores: ArrayLike<number>;
  /** One a score; anything but 0 and false is an anomaly. */
  isAnomaly?: ArrayLike<number | boolean> | undefined;
  /** The score above which an example does not belong. */
  threshold: number;
}

interface Group {
  name: string;
  color: string;
  scores: number[];
}

const usualHeight = 260;
const foot = 36;
const lineHeight = 14;
/** No bin is narrower than this, and no bar with a score in it lower than that: a single anomaly is to be seen. */
const [narrowest, lowest] = [7, 1.5];

/**
 * How anomaly scores are spread, with the threshold, which always lies between two bars, so that what is right of it lies above it.
 * Where marks are given, what belongs and what does not have a colour each, and the bars of each add up to 100 %, however rare one is.
 * The axis is logarithmic where the scores are positive and spread over more than a decade, or have long tails, which a note says.
 * @throws TypeError where there are more or fewer marks than scores or an option is unknown
 * @throws RangeError where the threshold is NaN or an option has no sensible value
 */
export function scoreHistogram(data: JudgedScores, options: FigureOptions = {}): SVGSVGElement {
  const subject = 'score histogram';
  checkOptions(subject, options);
  check(subject, data);
  const { scores, threshold } = data;
  const groups = groupsOf(data);
  if (scores.length === 0) return emptyFigure(subject, 'no scores', options);
  const drawn = groups.map((group) => group.scores.filter((score) => Math.abs(score) < 1e300));
  const isMarked = groups.length > 1;
  if (drawn.every((group) => group.length === 0)) return emptyFigure(subject, 'no score is finite', options);

  const { width: roomWidth } = bodySizeFor(options);
  const bins = binsOf(drawn, threshold, Math.floor((roomWidth - 40) / narrowest));
  const { scale, edges, counts } = bins;
  const notDrawn = scores.length - sum(drawn, (group) => group.length);
  const notes: Note[] = [
    ...(isMarked
      ? [
          groups.map(({ name, color, scores: { length } }) => ({
            name: `${name} (${numberText(length)})`,
            color,
          })),
        ]
      : []),
    ...(isMarked ? ['The bars of each colour add up to 100 %.'] : []),
    ...(bins.note ? [bins.note] : []),
    ...(bins.below > 0
      ? [`Counted in the first bar, though below the axis: ${numberText(bins.below)}.`]
      : []),
    ...(notDrawn > 0
      ? [`Not drawn, because they are not finite: ${numberText(notDrawn)} of ${numberText(scores.length)}.`]
      : []),
  ];
  const { width, height = usualHeight } = bodySizeFor(options, notes);
  const said = `threshold ${numberText(threshold, 3)}; ${verdict(groups, threshold, isMarked)}`;
  const place = bins.hasThreshold
    ? ''
    : ` (${threshold > edges[0]! ? 'far right, beyond' : 'far left, before'} the axis)`;
  const label = wrapText(`${said}${place}`, Math.min(width, 460), 11);
  const [top, bottom] = [24 + lineHeight * label.length, height - foot];

  const heights = counts.map((inBins, i) =>
    inBins.map((count) => (isMarked ? (100 * count) / Math.max(1, drawn[i]!.length) : count)),
  );
  const y = scaleLinear([0, max(heights.flat())!], [bottom, top]);
  const upwards = niceTicks(y, Math.max(2, (bottom - top) / 32)).filter(
    (tick) => isMarked || Number.isInteger(tick),
  );
  const left = leftMargin(upwards);
  scale.range([left, width - 8]);

  const sheet = createFigure(options, {
    subject,
    summary: `${numberText(scores.length)} scores; ${said}.`,
    notes,
    width,
    height,
  });
  const { body } = sheet;
  drawLeftAxis(body, {
    scale: y,
    ticks: upwards,
    across: [left, width - 8],
    label: isMarked ? '% of its kind' : 'examples',
    top: 21,
  });
  drawBottomAxis(body, {
    scale,
    ticks: niceTicks(scale, Math.max(2, width / 70)),
    across: [bottom, bottom],
    label: 'anomaly score',
  });
  groups.forEach(({ color }, i) => {
    const floor = round(bottom);
    const steps = heights[i]!.map((value, bin) => {
      const end = round(scale(edges[bin + 1]!));
      if (value === 0) return `V${floor}M${end},${floor}`;
      return `V${round(Math.min(y(value), bottom - lowest))}H${end}`;
    });
    body
      .append('path')
      .attr('d', `M${round(scale(edges[0]!))},${floor}${steps.join('')}V${floor}`)
      .attr('fill', color)
      .attr('fill-opacity', 0.4)
      .attr('stroke', color)
      .attr('stroke-width', 1.5);
  });
  const end = bins.hasThreshold ? scale(threshold) : threshold > edges[0]! ? width : 0;
  const labelWidth = Math.max(...label.map((line) => textWidth(line, 11)));
  const labelLeft = Math.max(0, Math.min(end - labelWidth / 2, width - labelWidth));
  label.forEach((line, i) =>
    body
      .append('text')
      .attr('x', round(labelLeft))
      .attr('y', 26 + lineHeight * i)
      .attr('font-size', 11)
      .text(line),
  );
  if (bins.hasThreshold)
    body
      .append('path')
      .attr('d', `M${round(end)},${top - 4}V${round(bottom)}`)
      .attr('stroke', 'currentColor')
      .attr('stroke-width', 1.5);
  addTooltip(sheet, (px, py) => {
    const bin = edges.findIndex((edge, i) => px >= scale(edge) && px < scale(edges[i + 1] ?? NaN));
    if (bin < 0 || py > bottom) return undefined;
    const range = `above ${numberText(edges[bin]!, 3)}, up to ${numberText(edges[bin + 1]!, 3)}`;
    return { x: px, y: py, lines: [range, ...groups.map(({ name }, i) => `${name}: ${counts[i]![bin]}`)] };
  });
  return sheet.svg;
}

scoreHistogram.example = (options: FigureOptions = {}): SVGSVGElement => {
  const spread = (count: number, middle: number, width: number) =>
    Array.from({ length: count }, (_, i) => middle * ((i + 0.5) / (count - i - 0.5)) ** width); // log-logistic
  return scoreHistogram(
    {
      scores: [...spread(480, 0.021, 0.3), ...spread(40, 0.16, 0.35)],
      isAnomaly: Array.from({ length: 520 }, (_, i) => i >= 480),
      threshold: 0.08,
    },
    { title: 'Scores of what belongs and of what does not', ...options },
  );
};

function check(subject: string, { scores, isAnomaly, threshold }: JudgedScores): void {
  if (isAnomaly && isAnomaly.length !== scores.length)
    throw new TypeError(
      `Cannot draw ${subject}: found ${isAnomaly.length} marks for ${scores.length} scores, expected one a score`,
    );
  if (typeof threshold !== 'number' || Number.isNaN(threshold))
    throw new RangeError(`Cannot draw ${subject}: threshold is ${threshold}, expected a number`);
}

function groupsOf({ scores, isAnomaly }: JudgedScores): Group[] {
  const all = Array.from(scores);
  if (!isAnomaly) return [{ name: 'examples', color: seriesColor(0), scores: all }];
  return [
    { name: 'belongs', color: seriesColor(0), scores: all.filter((_, i) => !isAnomaly[i]) },
    { name: 'does not belong', color: seriesColor(1), scores: all.filter((_, i) => isAnomaly[i]) },
  ];
}

/** `1.2 % of what belongs and 87 % of what does not lie above`, or, without marks, `3 of 500 above`. */
function verdict(groups: Group[], threshold: number, isMarked: boolean): string {
  const above = groups.map(({ scores }) => scores.filter((score) => score > threshold).length);
  if (!isMarked) return `${numberText(above[0]!)} of ${numberText(groups[0]!.scores.length)} above`;
  const shares = groups.map(({ scores }, i) => scores.length > 0 && percentText(above[i]! / scores.length));
  const [belonging, others] = shares;
  if (!belonging) return `${others} of what does not belong lies above`;
  return others
    ? `${belonging} of what belongs and ${others} of what does not lie above`
    : `${belonging} of what belongs lies above`;
}
