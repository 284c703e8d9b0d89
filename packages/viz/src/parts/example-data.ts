import type { ImageStack, Stack } from './stack.js';

/** Of what the examples of figures of images can be. */
export const exampleKinds = ['images', 'colour images', 'rows', 'series'] as const;
export type ExampleKind = (typeof exampleKinds)[number];

/** Examples of a kind that change with `phase`, from 0 to 1, and lose contrast with `blur`. */
export function exampleStack(kind: ExampleKind, phases: number[], blur = 0): Stack {
  if (kind === 'images') return exampleImages(phases, blur);
  if (kind === 'colour images') return inColour(exampleImages(phases, blur), phases);
  const [shape, at] = kind === 'rows' ? ([[20], rowAt] as const) : ([[24, 3], seriesAt] as const);
  const size = shape.reduce((product: number, side) => product * side, 1);
  const values = phases.flatMap((phase) => Array.from({ length: size }, (_, place) => at(phase, place)));
  return {
    values: Float32Array.from(values, (value, i) => value * (1 - 0.3 * blur * Math.cos(i))),
    count: phases.length,
    shape,
  };
}

/** Numbers whose neighbours have nothing to do with each other. */
const rowAt = (phase: number, place: number) => Math.sin(2 * Math.PI * phase + 0.31 * place ** 2);

/** Three waves of different length and height, one value of each a step. */
function seriesAt(phase: number, place: number): number {
  const [step, channel] = [Math.floor(place / 3), place % 3];
  return (1 - 0.25 * channel) * Math.sin(step / (2 + channel) + 2 * Math.PI * phase);
}

/** The ink in a colour that goes round with the phase, on the colour opposite. */
function inColour({ pixels, ...size }: ImageStack, phases: number[]): ImageStack {
  const perImage = size.height * size.width;
  const coloured = Uint8Array.from({ length: 3 * pixels.length }, (_, i) => {
    const ink = pixels[Math.floor(i / 3)]! / 255;
    const wave = Math.cos(2 * Math.PI * (phases[Math.floor(i / 3 / perImage)]! - (i % 3) / 3));
    return ink * (150 + 100 * wave) + (1 - ink) * (70 - 50 * wave);
  });
  return { ...size, pixels: coloured, channels: 3 };
}

/** Ink strokes on 28x28 for the examples: a curve with one or two loops that turns and narrows with `phase`, from 0 to 1. */
export function exampleImages(phases: number[], blur = 0): ImageStack {
  const size = 28;
  const pixels = new Uint8Array(phases.length * size * size);
  phases.forEach((phase, image) => {
    const stroke = strokePoints(phase);
    for (let y = 0; y < size; y++)
      for (let x = 0; x < size; x++) {
        let nearest = Infinity; // squared distance to the stroke
        for (const point of stroke) {
          const distance = (point.x - x) ** 2 + (point.y - y) ** 2;
          if (distance < nearest) nearest = distance;
        }
        const ink = (1.9 + blur - Math.sqrt(nearest)) / (1 + 2 * blur);
        pixels[(image * size + y) * size + x] = Math.round(255 * Math.min(1, Math.max(0, ink)));
      }
  });
  return { pixels, count: phases.length, height: size, width: size };
}

/** Codes in ten loose clusters on a spiral, and their labels: the same numbers every time. */
export function exampleCodes(count: number, dimensions: number): { codes: Float32Array; labels: Uint8Array } {
  const codes = new Float32Array(count * dimensions);
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const label = i % 10;
    labels[i] = label;
    for (let axis = 0; axis < dimensions; axis++) {
      const centre = (0.8 + 0.3 * label) * Math.cos(2.4 * label - (Math.PI / 2) * axis);
      codes[i * dimensions + axis] = (centre + 0.55 * scatter(i, axis)) / (1 + axis / 2);
    }
  }
  return { codes, labels };
}

/** About normal: the sum of four steps of additive recurrences, which fill the unit interval evenly. */
function scatter(i: number, axis: number): number {
  let sum = 0;
  for (let step = 1; step <= 4; step++) sum += (((i + 1) * Math.sqrt(step * 7 + axis * 3 + 3)) % 1) - 0.5;
  return sum * Math.sqrt(3);
}

function strokePoints(phase: number): { x: number; y: number }[] {
  return Array.from({ length: 48 }, (_, i) => {
    const turn = (2 * Math.PI * i) / 48;
    const wide = 3 + 5 * Math.abs(Math.cos(Math.PI * phase));
    return {
      x: 13.5 + wide * Math.sin(turn) * Math.cos(turn * phase) + 2 * phase * Math.cos(turn),
      y: 13.5 - 8.5 * Math.cos(turn),
    };
  });
}
