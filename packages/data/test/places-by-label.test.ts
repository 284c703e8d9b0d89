import { describe, expect, test } from '@jest/globals';
import { fromArray, placesByLabel } from '../src/index.js';

const labelled = (labels?: number[]) =>
  fromArray(
    Array.from({ length: labels?.length ?? 5 }, (_, i) => i),
    { shape: [1], labels },
  );

describe('placesByLabel()', () => {
  test('takes one of each label in turn, whatever labels there are', () => {
    expect(placesByLabel(labelled([7, 300, 7, 7, 0, 300]), 6)).toEqual([4, 0, 1, 2, 5, 3]);
    expect(placesByLabel(labelled([7, 300, 7, 7, 0, 300]), 2)).toEqual([4, 0]);
    expect(placesByLabel(labelled([1, 1]), 9)).toEqual([0, 1]);
  });

  test('takes the first where there are no labels', () => {
    expect(placesByLabel(labelled(), 3)).toEqual([0, 1, 2]);
    expect(placesByLabel(labelled(), 9)).toEqual([0, 1, 2, 3, 4]);
  });
});
