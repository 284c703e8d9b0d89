import type { Group, Note } from '../figure.js';
import { round } from './axes.js';
import { drawRaster } from './raster.js';
import { isWhole, pluralOf, type Pictures } from './stack.js';
import { stripNotes } from './strip-range.js';
import { drawStrips } from './strips.js';
import type { Tile, TileLayout, TilePlace } from './tile-layout.js';

/** The tiles in their places, undefined blank: images as one raster, others as strips, a crossed frame for each that is not finite. */
export function drawTiles(
  parent: Group,
  tiles: readonly (Tile | undefined)[],
  layout: TileLayout,
  at: TilePlace,
): void {
  const isShown = tiles.map((tile) => tile !== undefined && isWhole(tile.pictures, tile.index));
  const shown = tiles.map((tile, i) => (isShown[i] ? tile : undefined));
  const { kind } = tiles.find((tile) => tile !== undefined)!.pictures;
  if (kind === 'image') drawRaster(parent, shown, layout, at);
  else drawStrips(parent, shown, layout, at);
  const broken = tiles.flatMap((tile, i) => (tile && !isShown[i] ? [i] : []));
  if (broken.length === 0) return;
  const frames = broken.map((tile) => {
    const place = layout.place(tile);
    const [left, top] = [round(at.x + place.x * at.pixel + 0.5), round(at.y + place.y * at.pixel + 0.5)];
    const [w, h] = [round(place.width * at.pixel - 1), round(place.height * at.pixel - 1)];
    return `M${left},${top}h${w}v${h}h${-w}zl${w},${h}m0,${-h}l${-w},${h}`;
  });
  parent
    .append('path')
    .attr('d', frames.join(''))
    .attr('fill', 'none')
    .attr('stroke', 'currentColor')
    .attr('stroke-opacity', 0.4);
}

/** What the small print says about these stacks: how strips are to be read, and how many examples are not finite, if any. */
export function tileNotes(...stacks: [Pictures, ...Pictures[]]): Note[] {
  const { kind } = stacks[0];
  const total = stacks.reduce((sum, { count }) => sum + count, 0);
  let broken = 0;
  for (const pictures of stacks)
    for (let index = 0; index < pictures.count; index++) if (!isWhole(pictures, index)) broken++;
  return [
    ...(kind === 'image' ? [] : stripNotes(stacks)),
    ...(broken === 0
      ? []
      : [`Crossed out: ${broken} of ${total} ${pluralOf(kind)} hold values that are not finite.`]),
  ];
}
