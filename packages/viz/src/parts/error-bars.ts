import { max, sum } from 'd3-array';
import { bodySizeFor, createFigure, type FigureOptions } from '../figure.js';
import { round } from './axes.js';
import type { Blamed } from './blamed.js';
import { seriesColor } from './class-color.js';
import { brokenNotes, errorsIn, type Errors } from './errors.js';
import { layOutCards } from './cards.js';
import { numberText, percentText } from './number-text.js';
import { countText, valueAt, type Pictures } from './stack.js';
import { fitName, fitText, plainText, textWidth } from './text.js';
import { addTooltip } from './tooltip.js';

/** So many columns of a row are shown. */
const MOST = 5;
const leastWidth = 280;
const barHeight = 18;
const headHeight = 18;

/** A column and what share of its row's error is its. */
interface Share {
  column: number;
  share: number;
}

/** Rows, each as bars of the columns that have most of its error, with their names and values. */
export function drawErrorBars(
  { subject, pictures, errors, labels }: Blamed,
  options: FigureOptions,
): SVGSVGElement {
  const { count } = pictures;
  const all = Array.from({ length: count }, (_, index) => sharesOf(errorsIn(errors, index)));
  const notes = [
    `Of each row the columns with most of its error, ${Math.min(MOST, pictures.size)} at most, and what share of the error is theirs.`,
    ...brokenNotes(errors, pictures),
  ];
  const room = bodySizeFor(options, notes);
  const lines = (height: number) => Math.floor((height - headHeight) / barHeight);
  const { bands, width, place, cardAt } = layOutCards(count, room.width, leastWidth);
  const most = Math.min(MOST, pictures.size, Math.max(1, lines((room.height ?? Infinity) / bands - 12)));
  const height = headHeight + most * barHeight + 12;
  const longest = max(all, (shares) => shares[0]?.share) ?? 1;

  const sheet = createFigure(options, {
    subject,
    summary: `${countText(pictures)}, each with the columns that have most of its error.`,
    notes,
    width: room.width,
    height: bands * height - 12,
  });
  const percentWidth = textWidth('99.99 %', 11) + 6;
  const half = round(0.52 * width);
  const long = width - half - percentWidth;
  all.forEach((shares, index) => {
    const { x, y } = place(index, height);
    const card = sheet.body
      .append('g')
      .attr('font-size', 11)
      .attr('transform', `translate(${round(x)},${round(y)})`);
    const text = (at: number, line: number, words: string) =>
      card
        .append('text')
        .attr('x', round(at))
        .attr('y', headHeight + line * barHeight + 12.5)
        .text(words);
    card
      .append('text')
      .attr('y', 11)
      .attr('font-weight', 600)
      .text(fitText(labels?.[index] ?? `row ${index}`, width, 12));
    if (shares.length === 0) text(0, 0, 'no error').attr('fill-opacity', 0.65);
    shares.slice(0, most).forEach(({ column, share }, line) => {
      const value = fitText(valueText(pictures, index, column), half / 2, 11);
      const bar = Math.max(1, (long * share) / longest);
      text(0, line, fitName(nameOf(pictures, column), half - textWidth(value, 11) - 14, 11)).attr(
        'fill-opacity',
        0.75,
      );
      text(half - 6, line, value).attr('text-anchor', 'end');
      card
        .append('rect')
        .attr('x', half)
        .attr('y', headHeight + line * barHeight + 2)
        .attr('width', round(bar))
        .attr('height', barHeight - 4)
        .attr('fill', seriesColor(1));
      text(half + bar + 5, line, percentText(share)).attr('fill-opacity', 0.75);
    });
  });
  addTooltip(sheet, (x, y) => {
    const index = cardAt(x, y, height);
    if (index === undefined) return undefined;
    const line = Math.floor(((y % height) - headHeight) / barHeight);
    const found = all[index]!.slice(0, most)[line];
    return found && { x, y, lines: linesOf({ pictures, errors }, index, found) };
  });
  return sheet.svg;
}

/** The columns that have an error, those with most of it first. */
function sharesOf(own: Float32Array): Share[] {
  const drawn = Array.from(own, (error) => (Number.isFinite(error) ? error : 0));
  const total = sum(drawn);
  return drawn
    .map((error, column) => ({ column, share: error / total }))
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share);
}

const linesOf = (
  { pictures, errors }: { pictures: Pictures; errors: Errors },
  index: number,
  { column, share }: Share,
): string[] => [
  plainText(`${nameOf(pictures, column)}: ${valueText(pictures, index, column)}`),
  `error ${numberText(errorsIn(errors, index)[column]!, 3)}, ${percentText(share)} of row ${index}`,
];

const nameOf = ({ names }: Pictures, column: number): string => names?.[column] ?? `column ${column}`;

function valueText(pictures: Pictures, index: number, column: number): string {
  const value = valueAt(pictures, index, column);
  return Number.isNaN(value) ? 'missing' : numberText(value, 4);
}
