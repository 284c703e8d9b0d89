import { encode } from 'fast-png';
import type { Group } from '../figure.js';
import { round } from './axes.js';
import { areBytes } from './stack.js';
import type { Tile, TileLayout, TilePlace } from './tile-layout.js';

/** Many images in one PNG, so that ten thousand cost the page one element; what lies between them is transparent. */
export function drawRaster(
  parent: Group,
  tiles: readonly (Tile | undefined)[],
  layout: TileLayout,
  { x, y, pixel }: TilePlace,
): void {
  parent
    .append('image')
    .attr('x', round(x))
    .attr('y', round(y))
    .attr('width', round(layout.width * pixel))
    .attr('height', round(layout.height * pixel))
    .attr('preserveAspectRatio', 'none')
    .attr('image-rendering', pixel < 1 ? 'optimizeQuality' : 'pixelated')
    .attr('href', pngUrl(tiles, layout));
}

/** Grey or coloured, with opacity where not every pixel is opaque. */
function pngUrl(tiles: readonly (Tile | undefined)[], layout: TileLayout): string {
  const { width, height } = layout;
  const shown = tiles.flatMap((tile) => tile ?? []);
  const [h = 0, w = 0, channels = 1] = shown[0]?.pictures.shape ?? [];
  const colors = channels === 1 ? 1 : 3;
  const isOpaque = channels !== 4 && shown.length * w * h === width * height;
  const perPixel = isOpaque ? colors : colors + 1;
  const data = new Uint8Array(perPixel * width * height);
  tiles.forEach((tile, i) => {
    if (tile) paint(data, { rowLength: width, perPixel, ...layout.place(i) }, tile);
  });
  const png = encode({ width, height, channels: perPixel, data });
  let binary = '';
  for (let at = 0; at < png.length; at += 8192) binary += String.fromCharCode(...png.subarray(at, at + 8192));
  return `data:image/png;base64,${btoa(binary)}`;
}

/** The pixels of one image at their place among rows of `rowLength` pixels: one or three colours, and opacity where there are two or four. */
function paint(
  data: Uint8Array,
  { rowLength, perPixel, x, y }: { rowLength: number; perPixel: number; x: number; y: number },
  { pictures, index, light = 1 }: Tile,
): void {
  const { values, size, shape } = pictures;
  const [h, w, channels] = shape as [number, number, number];
  const colors = channels === 1 ? 1 : 3;
  const isBytes = areBytes(values);
  const byteAt = (at: number) => (isBytes ? values[at]! : Math.min(1, Math.max(0, values[at]!)) * 255);
  for (let row = 0; row < h; row++) {
    let to = perPixel * ((y + row) * rowLength + x);
    const start = index * size + row * w * channels;
    for (let from = start; from < start + w * channels; from += channels) {
      for (let color = 0; color < colors; color++) data[to++] = Math.round(light * byteAt(from + color));
      if (perPixel > colors) data[to++] = channels === 4 ? Math.round(byteAt(from + 3)) : 255;
    }
  }
}
