import { createFigure, bodySizeFor, type FigureOptions, type Group, type Note } from '../figure.js';
import { round } from './axes.js';
import { pixelSize } from './pixel-size.js';
import type { Pictures } from './stack.js';
import { fitText, plainText } from './text.js';
import { layOutTiles, type Tile, type TileLayout, type TilePlace } from './tile-layout.js';
import { addTooltip } from './tooltip.js';

/** Where the pointer is in a tile of that size. */
export interface InTile {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface PairSpec {
  subject: string;
  summary: string;
  /** What the upper and the lower ones are. */
  names: readonly [upper: string, lower: string];
  /** Said in the small print where there is no room for the names. */
  nameless: string;
  labels: string[] | undefined;
  notes: Note[];
  /** Screen pixels a pixel of the pictures where there is no need to save room. */
  usualPixel: number;
  /** What lies behind the lower ones. */
  behind?: Pictures;
  draw(body: Group, tiles: (Tile | undefined)[], layout: TileLayout, at: TilePlace): void;
  /** What is drawn below all pairs, and how high it is. */
  foot?: { height: number; draw(body: Group, left: number, top: number): void };
  /** What to say of a pair under the pointer, besides which it is. */
  linesOf(index: number, inTile: InTile): string[];
}

const nameWidth = 96; // pixels at the left for what the rows are, where there is room for it
const labelHeight = 16;

/** A whole figure of pictures, each over another one of its size, as many pairs side by side as the width holds. */
export function pairFigure(
  [upper, lower]: readonly [Pictures, Pictures],
  spec: PairSpec,
  options: FigureOptions,
): SVGSVGElement {
  const { subject, summary, labels, usualPixel, foot } = spec;
  const { count, width: w, height: h } = upper;
  const names = bodySizeFor(options).width >= 2 * nameWidth ? nameWidth : 0;
  const notes = [...(names === 0 ? [spec.nameless] : []), ...spec.notes];
  const room = bodySizeFor(options, notes);
  const strip = room.width - names;
  const fitting = Math.max(1, Math.floor(strip / usualPixel / (w + 1)));
  const bands = Math.ceil(count / fitting);
  const columns = Math.ceil(count / bands);
  const above = labels ? labelHeight : 0;
  const below = foot?.height ?? 0;
  const pixel = Math.min(
    pixelSize(upper, strip, columns * (w + 1) - 1),
    room.height === undefined
      ? Infinity
      : pixelSize(upper, room.height - below - bands * (above + 12), bands * (2 * h + 1)),
  );
  const between = Math.ceil((above + 12) / pixel);
  const bandHeight = 2 * h + 1 + between;
  const tiles = interleave([upper, lower], columns, spec.behind);
  const layout = layOutTiles(tiles.length, upper, {
    columns,
    gap: 1,
    rowTops: Array.from({ length: 2 * bands }, (_, row) => (row >> 1) * bandHeight + (row % 2) * (h + 1)),
  });

  const sheet = createFigure(options, {
    subject,
    summary,
    notes,
    width: room.isWidthGiven ? room.width : Math.max(names + layout.width * pixel, 240),
    height: above + layout.height * pixel + below,
  });
  spec.draw(sheet.body, tiles, layout, { x: names, y: above, pixel });
  const texts = sheet.body.append('g').attr('font-size', 11).attr('fill-opacity', 0.75);
  for (let band = 0; names > 0 && band < bands; band++)
    spec.names.forEach((name, row) =>
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
  foot?.draw(sheet.body, names, above + layout.height * pixel);
  addTooltip(sheet, (x, y) => {
    const column = Math.floor((x - names) / pixel / (w + 1));
    const band = Math.floor((y - above) / pixel / bandHeight);
    const index = band * columns + column;
    if (column < 0 || column >= columns || index < 0 || index >= count) return undefined;
    const inBand = y - above - band * bandHeight * pixel;
    const top = inBand - (inBand < (h + 1) * pixel ? 0 : (h + 1) * pixel);
    const left = x - names - column * (w + 1) * pixel;
    const lines = spec.linesOf(index, { left, top, width: w * pixel, height: h * pixel });
    const label = labels ? [`label ${plainText(labels[index]!)}`] : [];
    return { x, y, lines: [...label, `${upper.kind} ${index}`, ...lines] };
  });
  return sheet.svg;
}

/** Row by row: some of the upper, their lower ones, the next upper ones; the last band is filled up with blanks. */
function interleave(
  [upper, lower]: readonly [Pictures, Pictures],
  columns: number,
  behind: Pictures | undefined,
): (Tile | undefined)[] {
  const tiles: (Tile | undefined)[] = [];
  for (let start = 0; start < upper.count; start += columns)
    for (const pictures of [upper, lower])
      for (let index = start; index < start + columns; index++)
        tiles.push(
          index < upper.count
            ? { pictures, index, ...(pictures === lower && behind && { behind }) }
            : undefined,
        );
  return tiles;
}
