import { encode } from 'fast-png';
import type { Group } from '../figure.js';
import { round } from './axes.js';
import { areBytes, type ImageStack } from './image-stack.js';

/** One image of a stack. */
export interface Tile {
  images: ImageStack;
  index: number;
  /** How bright it is drawn, 0 to 1. @default 1 */
  light?: number;
}

/** Many images in one raster, so that ten thousand cost the page one element. Lengths are image pixels. */
export interface Mosaic {
  width: number;
  height: number;
  /** The raster as the data URL of a PNG; what lies between the tiles is transparent. */
  url: string;
  /** Which tiles hold a value that is not finite; their place is left blank. */
  broken: number[];
  /** The corner of a tile and its size. */
  place(tile: number): { x: number; y: number; width: number; height: number };
}

/**
 * Lays the tiles out row by row; undefined leaves a place blank.
 * `rowTops` gives the upper edge of each row, where the rows do not simply follow at the gap.
 */
export function mosaic(
  tiles: (Tile | undefined)[],
  { columns, gap, rowTops }: { columns: number; gap: number; rowTops?: number[] },
): Mosaic {
  const { width: w, height: h } = tiles.find((tile) => tile !== undefined)!.images;
  const rows = Math.ceil(tiles.length / columns);
  const tops = rowTops ?? Array.from({ length: rows }, (_, row) => row * (h + gap));
  const width = columns * (w + gap) - gap;
  const height = tops[rows - 1]! + h;
  const place = (tile: number) => ({
    x: (tile % columns) * (w + gap),
    y: tops[Math.floor(tile / columns)]!,
    width: w,
    height: h,
  });

  const data = new Uint8Array(2 * width * height); // grey and opacity
  const broken: number[] = [];
  tiles.forEach((tile, i) => {
    if (tile && !paint(data, width, place(i), tile)) broken.push(i);
  });
  const painted = tiles.filter((tile) => tile !== undefined).length - broken.length;
  const url = pngUrl(data, { width, height, isOpaque: painted * w * h === width * height });
  return { width, height, url, broken, place };
}

/** The raster in the drawing at `pixel` screen pixels an image pixel, and a crossed frame for each broken tile. */
export function drawMosaic(
  parent: Group,
  raster: Mosaic,
  { x, y, pixel }: { x: number; y: number; pixel: number },
): void {
  parent
    .append('image')
    .attr('x', round(x))
    .attr('y', round(y))
    .attr('width', round(raster.width * pixel))
    .attr('height', round(raster.height * pixel))
    .attr('preserveAspectRatio', 'none')
    .attr('image-rendering', pixel < 1 ? 'optimizeQuality' : 'pixelated')
    .attr('href', raster.url);
  if (raster.broken.length === 0) return;
  const frames = raster.broken.map((tile) => {
    const place = raster.place(tile);
    const [left, top] = [round(x + place.x * pixel + 0.5), round(y + place.y * pixel + 0.5)];
    const [w, h] = [round(place.width * pixel - 1), round(place.height * pixel - 1)];
    return `M${left},${top}h${w}v${h}h${-w}zl${w},${h}m0,${-h}l${-w},${h}`;
  });
  parent
    .append('path')
    .attr('d', frames.join(''))
    .attr('fill', 'none')
    .attr('stroke', 'currentColor')
    .attr('stroke-opacity', 0.4);
}

/** What the small print says about images with values that are not finite, if there are any. */
export function brokenNotes(...stacks: ImageStack[]): string[] {
  const total = stacks.reduce((sum, { count }) => sum + count, 0);
  const broken = stacks.reduce((sum, images) => sum + countBroken(images), 0);
  return broken === 0 ? [] : [`Crossed out: ${broken} of ${total} images hold values that are not finite.`];
}

function countBroken({ pixels, count, height, width }: ImageStack): number {
  if (areBytes(pixels)) return 0;
  const broken = new Set<number>();
  for (let i = 0; i < pixels.length; i++)
    if (!Number.isFinite(pixels[i])) broken.add(Math.floor(i / (height * width)));
  return Math.min(broken.size, count);
}

/** False, and nothing painted, when a value of the tile is not finite. */
function paint(
  data: Uint8Array,
  width: number,
  at: { x: number; y: number },
  { images, index, light = 1 }: Tile,
): boolean {
  const { pixels, height: h, width: w } = images;
  const start = index * h * w;
  const isBytes = areBytes(pixels);
  if (!isBytes) for (let i = start; i < start + h * w; i++) if (!Number.isFinite(pixels[i])) return false;
  for (let row = 0; row < h; row++) {
    let to = 2 * ((at.y + row) * width + at.x);
    for (let from = start + row * w; from < start + (row + 1) * w; from++) {
      const byte = isBytes ? pixels[from]! : Math.min(1, Math.max(0, pixels[from]!)) * 255;
      data[to++] = Math.round(light * byte);
      data[to++] = 255;
    }
  }
  return true;
}

/** Grey where every pixel is opaque, grey with opacity otherwise. */
function pngUrl(
  data: Uint8Array,
  { width, height, isOpaque }: { width: number; height: number; isOpaque: boolean },
): string {
  const png = encode(
    isOpaque
      ? {
          width,
          height,
          channels: 1,
          data: Uint8Array.from({ length: width * height }, (_, i) => data[2 * i]!),
        }
      : { width, height, channels: 2, data },
  );
  let binary = '';
  for (let at = 0; at < png.length; at += 8192) binary += String.fromCharCode(...png.subarray(at, at + 8192));
  return `data:image/png;base64,${btoa(binary)}`;
}
