import { select, slice } from '@ae/data';
import type { LabelledImages } from '@ae/data-mnist';
import type { Autoencoder, RandomStream } from '@ae/models';
import * as tf from '@tensorflow/tfjs';

export type { LabelledImages } from '@ae/data-mnist';

/** Images of one channel, floats in [0, 1], as figures take them. */
export interface FloatImages {
  pixels: Float32Array;
  count: number;
  height: number;
  width: number;
}

/** Codes, one after the other. */
export interface Codes {
  values: Float32Array;
  count: number;
  dimensions: number;
}

/** Images that go through a model at a time: enough to be fast, few enough for the widest feature map. */
const atOnce = 500;

/** The deterministic codes of images. */
export async function encodeImages(
  model: Autoencoder,
  { values: bytes, count, shape: [height, width] }: LabelledImages,
): Promise<Codes> {
  const pixels = height! * width!;
  const chunks = await inChunks(count, (from, to) => {
    const floats = toFloats(bytes.subarray(from * pixels, to * pixels));
    return model.encode(tf.tensor4d(floats, [to - from, height!, width!, 1]));
  });
  const values = joined(chunks);
  return { values, count, dimensions: values.length / Math.max(1, count) };
}

/** The images that codes stand for. */
export async function decodeCodes(
  model: Autoencoder,
  { values, count, dimensions }: Codes,
): Promise<FloatImages> {
  let sides: number[] = [];
  const chunks = await inChunks(count, (from, to) => {
    const codes = values.subarray(from * dimensions, to * dimensions);
    const images = model.decode(tf.tensor2d(codes, [to - from, dimensions]));
    sides = images.shape;
    return images;
  });
  return { pixels: joined(chunks), count, height: sides[1]!, width: sides[2]! };
}

/** Images drawn from a generative model. */
export async function sampleImages(
  sample: NonNullable<Autoencoder['sample']>,
  count: number,
  random: RandomStream,
): Promise<FloatImages> {
  let sides: number[] = [];
  const chunks = await inChunks(count, (from, to) => {
    const images = sample(to - from, random);
    sides = images.shape;
    return images;
  });
  return { pixels: joined(chunks), count, height: sides[1]!, width: sides[2]! };
}

/** Some images of a set, by their places in it. */
export const pick = (images: LabelledImages, places: readonly number[]): LabelledImages =>
  select(images, places);

/** The first images of a set, at most so many. */
export const firstImages = (images: LabelledImages, most: number): LabelledImages =>
  slice(images, 0, Math.min(images.count, most));

/** The first places of each label in turn, 0 to 9 and again, so that every class is seen; `count` of them at most. */
export function placesByLabel(labels: Uint8Array, count: number): number[] {
  const byLabel = Array.from({ length: 10 }, (): number[] => []);
  labels.forEach((label, place) => byLabel[label]!.push(place));
  const places: number[] = [];
  for (let round = 0; places.length < Math.min(count, labels.length); round++)
    for (const found of byLabel)
      if (round < found.length && places.length < count) places.push(found[round]!);
  return places;
}

/** A loop, because `Float32Array.from` with a function takes ten times as long. */
function toFloats(bytes: Uint8Array): Float32Array {
  const floats = new Float32Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) floats[i] = bytes[i]! / 255;
  return floats;
}

async function inChunks(
  count: number,
  run: (from: number, to: number) => tf.Tensor,
): Promise<Float32Array[]> {
  const chunks: Float32Array[] = [];
  for (let from = 0; from < count; from += atOnce) {
    const result = tf.tidy(() => run(from, Math.min(from + atOnce, count)));
    chunks.push((await result.data()) as Float32Array);
    result.dispose();
  }
  return chunks;
}

function joined(chunks: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

/** Images as figures take them. */
export const stackOf = ({ values: pixels, count, shape: [height, width] }: LabelledImages) => ({
  ...{ pixels, count },
  ...{ height: height!, width: width! },
});
