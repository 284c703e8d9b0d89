import type { Autoencoder } from '@ae/models';
import { randomStream } from '@ae/models';
import type { HistoryRow } from '@ae/trainer';
import {
  imageGrid,
  interpolation,
  latentManifold,
  latentScatter,
  learningCurve,
  manifoldGrid,
  reconstructions,
  samples,
  type FigureOptions,
} from '@ae/viz';
import { renderSvg } from '@ae/viz/node';

import {
  decodeCodes,
  encodeImages,
  firstImages,
  pick,
  placesByLabel,
  sampleImages,
  type Codes,
  type FloatImages,
  type LabelledImages,
} from './model-images.js';

/** A figure that can be drawn on the page's ground and on its own. */
export interface Figure {
  /** Of its file. */
  name: string;
  caption: string;
  /** Pixels for which it is drawn on a page; with a width for phones, it takes a whole row where there is room. */
  widths: { page: number; phone?: number };
  draw(options: FigureOptions): string;
}

/** Test images and a model with the weights that its figures are made of. */
export interface FigureSource {
  model: Autoencoder;
  test: LabelledImages;
}

/** Every figure that a run has the data for, in the order of the report; `points` of the scatter at most. */
export async function runFigures(
  source: FigureSource,
  { history, seed, points = MOST_POINTS }: { history: readonly HistoryRow[]; seed: number; points?: number },
): Promise<Figure[]> {
  const codes = await encodeImages(source.model, firstImages(source.test, points));
  return [
    ...(history.length > 0 ? [curveFigure(history)] : []),
    originalsFigure(source.test),
    await reconstructionsFigure(source, 20),
    latentFigure(codes, source.test.labels),
    ...(codes.dimensions === 2 ? [await manifoldFigure(source.model, codes)] : []),
    ...(source.model.sample ? [await samplesFigure(source.model, { count: 64, seed })] : []),
    await interpolationFigure(source),
  ];
}

/** Widths at which text has the size of the page's, and at which images are drawn in whole or half pixels. */
const ROW = { page: 1010, phone: 340 };
const PLANE = { page: 420 };
const IMAGES = { page: 480 };

/** Points of the scatter; more hide each other. */
const MOST_POINTS = 10_000;

function curveFigure(history: readonly HistoryRow[]): Figure {
  return {
    name: 'learning-curve',
    widths: ROW,
    caption:
      'Loss by epoch, summed over pixels and averaged over images; validation images are never trained on.',
    draw: (options) => renderSvg(learningCurve, withoutEcho(history), options),
  };
}

/** Leaves out the reconstruction term where it is the whole loss: it would be the same curve twice. */
function withoutEcho(history: readonly HistoryRow[]): readonly HistoryRow[] {
  const isEcho = history.every((row) => row['train.reconstruction'] === row['train.loss']);
  if (!isEcho) return history;
  return history.map(
    ({ 'train.reconstruction': _train, 'validation.reconstruction': _validation, ...row }) =>
      row as HistoryRow,
  );
}

function originalsFigure(test: LabelledImages): Figure {
  const shown = pick(test, placesByLabel(test.labels, 60));
  return {
    name: 'originals',
    widths: IMAGES,
    caption: 'Test images as they are.',
    draw: (options) => renderSvg(imageGrid, stackOf(shown), { columns: 10, ...options }),
  };
}

export async function reconstructionsFigure({ model, test }: FigureSource, count: number): Promise<Figure> {
  const originals = pick(test, placesByLabel(test.labels, count));
  const copies = await decodeCodes(model, await encodeImages(model, originals));
  return {
    name: 'reconstructions',
    widths: ROW,
    caption: 'Test images over what the decoder makes of their codes.',
    draw: (options) =>
      renderSvg(reconstructions, { originals: stackOf(originals), reconstructions: copies }, options),
  };
}

/** Test images and, in the rows below them, what became of them after some epochs. */
export function soFarFigure(
  originals: LabelledImages,
  epochs: readonly { epoch: number; images: FloatImages }[],
): Figure {
  const { count, shape } = originals;
  const [height, width] = shape as [number, number];
  const pixels = new Float32Array((epochs.length + 1) * count * height * width);
  pixels.set(Float32Array.from(originals.values, (byte) => byte / 255));
  epochs.forEach(({ images }, i) => pixels.set(images.pixels, (i + 1) * images.pixels.length));
  return {
    name: 'so-far',
    widths: IMAGES,
    caption: `Test images and, in the rows below, what the model made of them after epoch ${epochs.map(({ epoch }) => epoch).join(', ')}.`,
    draw: (options) =>
      renderSvg(
        imageGrid,
        { pixels, count: (epochs.length + 1) * count, height, width },
        { columns: count, ...options },
      ),
  };
}

export function latentFigure({ values, count, dimensions }: Codes, labels: Uint8Array): Figure {
  return {
    name: 'latent-space',
    widths: PLANE,
    caption: `Codes of ${count.toLocaleString('en-US')} test images, coloured by label.`,
    draw: (options) =>
      renderSvg(latentScatter, { codes: values, dimensions, labels: labels.subarray(0, count) }, options),
  };
}

/** The plane of the code, decoded at 20 by 20 quantiles of the test codes. */
async function manifoldFigure(model: Autoencoder, { values }: Codes): Promise<Figure> {
  const { codes, ...grid } = manifoldGrid(values, 20);
  const images = await decodeCodes(model, { values: codes, count: codes.length / 2, dimensions: 2 });
  return {
    name: 'manifold',
    widths: PLANE,
    caption:
      'What the decoder draws in the plane of codes. As many test codes lie between any two neighbouring columns or rows, so that every class has room.',
    draw: (options) => renderSvg(latentManifold, { images, ...grid }, options),
  };
}

export async function samplesFigure(
  { sample }: Autoencoder,
  { count, seed }: { count: number; seed: number },
): Promise<Figure> {
  const images = await sampleImages(sample!, count, randomStream(seed));
  return {
    name: 'samples',
    widths: IMAGES,
    caption: `Images drawn from the model: random codes from its prior, decoded (seed ${seed}).`,
    draw: (options) => renderSvg(samples, images, options),
  };
}

/** Straight lines through the code between the first images of neighbouring digits. */
async function interpolationFigure({ model, test }: FigureSource): Promise<Figure> {
  const columns = 11;
  const ends = await encodeImages(model, pick(test, evenPlaces(test.labels)));
  const { dimensions } = ends;
  const rows = ends.count / 2;
  const values = new Float32Array(rows * columns * dimensions);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      for (let d = 0; d < dimensions; d++) {
        const [from, to] = [
          ends.values[2 * row * dimensions + d]!,
          ends.values[(2 * row + 1) * dimensions + d]!,
        ];
        values[(row * columns + column) * dimensions + d] = from + ((to - from) * column) / (columns - 1);
      }
  const images = await decodeCodes(model, { values, count: rows * columns, dimensions });
  return {
    name: 'interpolation',
    widths: IMAGES,
    caption: 'Straight lines through the code between two test images, decoded.',
    draw: (options) => renderSvg(interpolation, { images, columns }, options),
  };
}

/** The first ten images by label, an even number of them. */
function evenPlaces(labels: Uint8Array): number[] {
  const places = placesByLabel(labels, 10);
  return places.length === 1
    ? [places[0]!, places[0]!]
    : places.slice(0, places.length - (places.length % 2));
}

const stackOf = ({ values: pixels, count, shape: [height, width] }: LabelledImages) => ({
  pixels,
  count,
  height: height!,
  width: width!,
});
