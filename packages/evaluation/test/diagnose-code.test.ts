import { describe, expect, it } from '@jest/globals';

import { diagnoseCode, errorOfMean, type CodeEvidence } from '../src/index.js';

const count = 200;

/** Codes of 200 images, each coordinate a function of the image's number. */
function found(coordinates: ((image: number) => number)[], evidence: Partial<CodeEvidence> = {}) {
  const dimensions = coordinates.length;
  const values = Float32Array.from({ length: count * dimensions }, (_, i) =>
    coordinates[i % dimensions]!(Math.floor(i / dimensions)),
  );
  const metrics = { loss: 30, mse: 0.03 };
  const findings = diagnoseCode({
    shape: [28, 28, 1],
    codes: { values, count, dimensions },
    metrics,
    constantMse: 0.067,
    ...evidence,
  });
  return { kinds: findings.map(({ kind }) => kind), text: findings.map(({ text }) => text).join('\n') };
}

const wave = (image: number) => Math.sin(image);
const other = (image: number) => 3 * Math.cos(1.7 * image);

describe('diagnoseCode()', () => {
  it('finds nothing where every dimension says something', () => {
    expect(found([wave, other]).kinds).toEqual([]);
    expect(found([(image) => 1000 * wave(image) - 5000, (image) => 0.1 * other(image) * 1000]).kinds).toEqual(
      [],
    );
    expect(found([wave]).kinds).toEqual([]);
    expect(found([wave, other], { metrics: { loss: 140, kl: 6.5, mse: 0.037 } }).kinds).toEqual([]);
  });

  it('says that all codes are equal', () => {
    expect(found([() => 0, () => 0]).text).toMatch(
      /^The code died: all 200 test images have the same code, and the decoder draws one image; a unit of a ReLU/,
    );
    expect(found([() => -3, () => 7]).kinds).toEqual(['equal-codes']);
    expect(found([() => -3, () => 7]).text).not.toContain('ReLU');
    expect(found([(image) => 500 + 1e-5 * wave(image)]).kinds).toEqual(['equal-codes']);
    expect(found([(image) => 500 + 1e-4 * wave(image)]).kinds).toEqual(['equal-codes']);
    expect(found([(image) => 500 + 1e-2 * wave(image)]).kinds).toEqual([]);
  });

  it('names the units of a ReLU that are 0 for every image', () => {
    const relu = [
      (image: number) => Math.max(0, wave(image)),
      () => 0,
      (image: number) => Math.max(0, other(image)),
    ];
    const { kinds, text } = found(relu);
    expect(kinds).toEqual(['dead-relu']);
    expect(text).toMatch(
      /^Unit 2 of the code's 3 is 0 for every test image; a unit of a ReLU .* Use a linear code/,
    );
  });

  it('names units that are the same for every image, and says when fewer than two are left', () => {
    expect(found([wave, other, () => -2, () => 0.5]).text).toMatch(
      /^Units 3 and 4 of the code's 4 are the same for every test image/,
    );
    const { kinds, text } = found([() => -2, wave]);
    expect(kinds).toEqual(['dead-unit', 'few-active']);
    expect(text).toContain("Only one of the code's 2 dimensions says anything");
  });

  it('says when all but one dimension hardly vary', () => {
    expect(found([wave, (image) => 0.01 * other(image)]).kinds).toEqual(['few-active']);
    expect(found([wave, (image) => 0.1 * other(image)]).kinds).toEqual([]);
  });

  it('takes a dimension of a posterior for active whose mean has a variance above 0.01', () => {
    const metrics = { loss: 140, kl: 3, mse: 0.037 };
    const withSpread = (spread: number) => [0, 0.5].map((at) => (image: number) => spread * wave(image + at));
    expect(found(withSpread(0.16), { metrics }).kinds).toEqual([]); // a variance of 0.013
    expect(found(withSpread(0.12), { metrics }).kinds).toEqual(['few-active']); // of 0.007
  });

  it('says that a posterior collapsed: KL near zero, no mean that varies', () => {
    const means = [(image: number) => 1e-3 * wave(image), (image: number) => 1e-3 * other(image)];
    const { kinds, text } = found(means, {
      metrics: { loss: 206, kl: 0.0021, mse: 0.0668 },
      constantMse: 0.067,
    });
    expect(kinds).toEqual(['few-active', 'posterior-collapse', 'constant-image']);
    expect(text).toContain("None of the code's 2 dimensions says anything");
    expect(text).toContain('a KL of 0.0021 nats');
  });

  it('does not take the unused dimensions of a wide posterior for a fault', () => {
    const means = Array.from(
      { length: 64 },
      (_, unit) => (image: number) => (unit < 8 ? 1 : 1e-3) * wave(image * (unit + 1)),
    );
    expect(found(means, { metrics: { loss: 96, kl: 23, mse: 0.007 } }).kinds).toEqual([]);
  });

  it('says that an error is no better than that of one image for all', () => {
    expect(found([wave, other], { metrics: { loss: 53, mse: 0.0675 } }).text).toBe(
      'The model is no better than one image for all: its test error is 0.0675, and that of the mean training image 0.0670. Train longer, or with another learning rate or seed.',
    );
  });

  it('says that codes are not finite, and nothing about a single image', () => {
    expect(found([wave, (image) => (image === 3 ? NaN : 1)]).kinds).toEqual(['not-finite']);
    const one = { values: Float32Array.of(0, 0), count: 1, dimensions: 2 };
    expect(diagnoseCode({ codes: one, shape: [28, 28, 1], metrics: {}, constantMse: 1 })).toEqual([]);
  });
});

describe('errorOfMean()', () => {
  it('is the variance of the test pixels about the mean training image', () => {
    const train = { values: Uint8Array.of(0, 255, 100, 55), count: 2 }; // mean 50, 155
    expect(errorOfMean(train, { values: Uint8Array.of(60, 155, 50, 175) })).toBeCloseTo(
      (100 + 400) / 4 / 255 ** 2,
      12,
    );
  });

  it('takes floats as they are', () => {
    const train = { values: Float32Array.of(0, 4), count: 2 }; // mean 2
    expect(errorOfMean(train, { values: Float32Array.of(-1, 5) })).toBeCloseTo(9, 12);
  });
});
