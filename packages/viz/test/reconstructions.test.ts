import { describe, expect, test } from '@jest/globals';
import { decode } from 'fast-png';
import { reconstructions } from '../src/index.js';
import { document, textsOf } from './page-document.js';

const stack = (count: number, value: number) => ({
  pixels: new Uint8Array(count * 4).fill(value),
  count,
  height: 2,
  width: 2,
});

describe('reconstructions()', () => {
  test('puts each original above its reconstruction', () => {
    const pairs = { originals: stack(3, 10), reconstructions: stack(3, 200) };
    const svg = reconstructions(pairs, { document });
    const href = svg.querySelector('image')!.getAttribute('href')!;
    const { width, height, data } = decode(Buffer.from(href.split(',')[1]!, 'base64'));
    expect([width, height]).toEqual([8, 5]);
    expect([data[0], data[2 * 3 * 8]]).toEqual([10, 200]);
    expect(textsOf(svg)).toEqual(['original', 'reconstruction']);
  });

  test('begins a new band of pairs where the width ends, all labelled', () => {
    const [originals, copies] = [1, 2].map((value) => ({
      pixels: new Float32Array(12 * 28 * 28).fill(value / 2),
      count: 12,
      height: 28,
      width: 28,
    }));
    const labels = Array.from({ length: 12 }, (_, i) => i);
    const svg = reconstructions({ originals: originals!, reconstructions: copies! }, { document, labels });
    expect(textsOf(svg).filter((text) => text === 'original')).toHaveLength(2);
    expect(textsOf(svg).filter((text) => /^\d+$/.test(text))).toEqual(labels.map(String));
  });

  test('draws an empty frame for no pairs', () => {
    const svg = reconstructions({ originals: stack(0, 0), reconstructions: stack(0, 0) }, { document });
    expect(textsOf(svg)).toEqual(['no reconstructions']);
  });

  test('refuses stacks that differ', () => {
    expect(() =>
      reconstructions({ originals: stack(2, 0), reconstructions: stack(3, 0) }, { document }),
    ).toThrow(
      'Cannot draw reconstructions: found reconstructions of 3 images of 2x2, expected 2 images of 2x2 as the originals are',
    );
  });
});
