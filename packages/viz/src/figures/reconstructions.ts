import { checkOptions, createFigure, bodySizeFor, type FigureOptions } from '../figure.js';
import { round } from '../parts/axes.js';
import { emptyFigure } from '../parts/empty.js';
import { exampleStack, type ExampleKind } from '../parts/example-data.js';
import { checkLabels } from '../parts/labels.js';
import { numberText } from '../parts/number-text.js';
import { pixelSize } from '../parts/pixel-size.js';
import { countText, describe, picturesOf, valueAt, type Pictures, type Stack } from '../parts/stack.js';
import { linesUnder } from '../parts/strips.js';
import { fitText, plainText } from '../parts/text.js';
import { layOutTiles, type Tile } from '../parts/tile-layout.js';
import { drawTiles, tileNotes } from '../parts/tiles.js';
import { addTooltip } from '../parts/tooltip.js';

/** As many reconstructions as originals, in the same order. */
export interface ReconstructionPairs {
  originals: Stack;
  reconstructions: Stack;
}

export interface ReconstructionsOptions extends FigureOptions {
  /** One text or number above each pair. */
  labels?: ArrayLike<string | number>;
}

const nameWidth = 96; // pixels at the left for what the rows are, where there is room for it
const labelHeight = 16;
const usualPixel = 1.5;

/**
 * Each original over its reconstruction, as many pairs side by side as the width holds; rows and series as strips, with the original
 * once more, faint, behind the reconstruction.
 * @throws TypeError where sizes, values and labels do not fit together or an option is unknown
 * @throws RangeError where a size or an option has no sensible value
 */
export function reconstructions(
  pairs: ReconstructionPairs,
  options: ReconstructionsOptions = {},
): SVGSVGElement {
  const subject = 'reconstructions';
  checkOptions(subject, options, ['labels']);
  const [originals, copies] = checkPairs(subject, pairs);
  const { count, width: w, height: h } = originals;
  const labels = checkLabels(subject, options.labels, originals);
  if (count === 0) return emptyFigure(subject, 'no reconstructions', options);

  const names = bodySizeFor(options).width >= 2 * nameWidth ? nameWidth : 0;
  const notes = [
    ...(names === 0 ? ['Each original lies above its reconstruction.'] : []),
    ...(originals.kind === 'image' ? [] : ['Behind each reconstruction, faint: its original.']),
    ...tileNotes(originals, copies),
  ];
  const room = bodySizeFor(options, notes);
  const strip = room.width - names;
  const fitting = Math.max(1, Math.floor(strip / usualPixel / (w + 1)));
  const bands = Math.ceil(count / fitting);
  const columns = Math.ceil(count / bands);
  const above = labels ? labelHeight : 0;
  const pixel = Math.min(
    pixelSize(originals, strip, columns * (w + 1) - 1),
    room.height === undefined
      ? Infinity
      : pixelSize(originals, room.height - bands * (above + 12), bands * (2 * h + 1)),
  );
  const between = Math.ceil((above + 12) / pixel);
  const bandHeight = 2 * h + 1 + between;
  const tiles = interleave(originals, copies, columns);
  const layout = layOutTiles(tiles.length, originals, {
    columns,
    gap: 1,
    rowTops: Array.from({ length: 2 * bands }, (_, row) => (row >> 1) * bandHeight + (row % 2) * (h + 1)),
  });

  const sheet = createFigure(options, {
    subject,
    summary: `${countText(originals)}, each over its reconstruction by the model.`,
    notes,
    width: room.isWidthGiven ? room.width : Math.max(names + layout.width * pixel, 240),
    height: above + layout.height * pixel,
  });
  drawTiles(sheet.body, tiles, layout, { x: names, y: above, pixel });
  const texts = sheet.body.append('g').attr('font-size', 11).attr('fill-opacity', 0.75);
  for (let band = 0; names > 0 && band < bands; band++)
    ['original', 'reconstruction'].forEach((name, row) =>
      texts
        .append('text')
        .attr('x', names - 9)
        .attr('y', round(above + (band * bandHeight + row * (h + 1) + h / 2) * pixel + 3.8))
        .attr('text-anchor', 'end')
        .text(name),
    );
  labels?.forEach((label, i) =>
    texts
      .append('text')
      .attr('x', round(names + ((i % columns) * (w + 1) + w / 2) * pixel))
      .attr('y', round(above + Math.floor(i / columns) * bandHeight * pixel - 5))
      .attr('text-anchor', 'middle')
      .text(fitText(label, (w + 1) * pixel, 11)),
  );
  addTooltip(sheet, (x, y) => {
    const column = Math.floor((x - names) / pixel / (w + 1));
    const index = Math.floor((y - above) / pixel / bandHeight) * columns + column;
    if (column < 0 || column >= columns || index < 0 || index >= count) return undefined;
    const { kind, shape } = originals;
    const unit = kind === 'image' && shape[2] === 1 ? 'pixel' : 'value';
    const inTile = { left: x - names - column * (w + 1) * pixel, width: w * pixel, height: h * pixel };
    return {
      x,
      y,
      lines: [
        ...(labels ? [`label ${plainText(labels[index]!)}`] : []),
        `${kind} ${index}`,
        `squared error ${numberText(squaredError(originals, copies, index), 3)} a ${unit}`,
        ...linesUnder([originals, copies], index, inTile),
      ],
    };
  });
  return sheet.svg;
}

reconstructions.example = (options: FigureOptions = {}, of: ExampleKind = 'images'): SVGSVGElement => {
  const phases = Array.from({ length: 8 }, (_, i) => i / 7);
  return reconstructions(
    { originals: exampleStack(of, phases), reconstructions: exampleStack(of, phases, 1.2) },
    { title: 'Originals and reconstructions', labels: phases.map((_, i) => i), ...options },
  );
};

function checkPairs(subject: string, pairs: ReconstructionPairs): [originals: Pictures, copies: Pictures] {
  const originals = picturesOf(subject, pairs.originals, 'originals');
  const copies = picturesOf(subject, pairs.reconstructions, 'reconstructions');
  const [found, expected] = [describe(copies), describe(originals)];
  if (found !== expected)
    throw new TypeError(
      `Cannot draw ${subject}: found reconstructions of ${found}, expected ${expected} as the originals are`,
    );
  return [originals, copies];
}

/** Row by row: some originals, their reconstructions, the next originals; the last band is filled up with blanks. */
function interleave(originals: Pictures, copies: Pictures, columns: number): (Tile | undefined)[] {
  const tiles: (Tile | undefined)[] = [];
  for (let start = 0; start < originals.count; start += columns)
    for (const pictures of [originals, copies])
      for (let index = start; index < start + columns; index++)
        tiles.push(
          index < pictures.count
            ? { pictures, index, ...(pictures === copies && { behind: originals }) }
            : undefined,
        );
  return tiles;
}

/** The mean over all values of one. */
function squaredError(originals: Pictures, copies: Pictures, index: number): number {
  let sum = 0;
  for (let place = 0; place < originals.size; place++)
    sum += (valueAt(copies, index, place) - valueAt(originals, index, place)) ** 2;
  return sum / originals.size;
}
