import { describe, expect, it } from '@jest/globals';

import { overlayCurves } from '../src/report/overlay-curves.js';

describe('overlayCurves()', () => {
  it.each([[3], [0.0004], [-250_000], [12_345_678], [-1e-7]])(
    'leaves the numbers of losses about %d and their signs in the drawing',
    (size) => {
      const row = [size, 1.1 * size, 1.07 * size];
      const svg = overlayCurves('loss', [{ name: 'one', color: '#000000', train: row, validation: row }]);
      const labels = [...svg.matchAll(/<text x="([\d.]+)"[^>]*text-anchor="end"[^>]*>([^<→]+)<\/text>/g)];
      expect(labels.length).toBeGreaterThan(2);
      for (const [, x, text] of labels) expect(Number(x) - 6.2 * text!.length).toBeGreaterThanOrEqual(0);
    },
  );
});
