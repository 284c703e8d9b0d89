import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { averagePrecision, vusPr } from '../../src/index.js';

/** The definition written down as it stands, for every buffer and every threshold anew. */
function byDefinition(scores: number[], marks: number[], buffer: number): number {
  const n = scores.length;
  const areas = Array.from({ length: buffer + 1 }, (_, width) => {
    const label = marks.map((mark, step) => {
      const slopes = marks.map((other, at) => {
        if (other === 0) return 0;
        const isEdge = marks[at + Math.sign(step - at)] !== 1;
        const away = Math.abs(step - at);
        return isEdge && away <= Math.floor(width / 2) ? Math.sqrt(1 - away / width) : 0;
      });
      return mark === 1
        ? 1
        : Math.min(
            1,
            slopes.reduce((a, b) => a + b, 0),
          );
    });
    const runs: number[][] = [];
    label.forEach((value, step) => {
      if (value === 0) return;
      if (step > 0 && label[step - 1]! > 0) runs.at(-1)!.push(step);
      else runs.push([step]);
    });
    const positives = label.reduce((sum, value, i) => sum + (value + marks[i]!) / 2, 0);
    let [area, before] = [0, 0];
    for (const threshold of [...new Set(scores)].sort((a, b) => b - a)) {
      const said = Array.from({ length: n }, (_, i) => i).filter((i) => scores[i]! >= threshold);
      const hits = said.reduce((sum, i) => sum + label[i]!, 0);
      const found = runs.filter((run) => run.some((step) => scores[step]! >= threshold)).length;
      const recall = Math.min(1, hits / positives) * (found / runs.length);
      area += (recall - before) * (hits / said.length);
      before = recall;
    }
    return area;
  });
  return areas.reduce((a, b) => a + b, 0) / areas.length;
}

const series = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 3 })), {
    minLength: 4,
    maxLength: 40,
  })
  .map((steps) => ({
    scores: steps.map(([score]) => score),
    marks: steps.map(([, kind]) => Number(kind === 0)),
  }))
  .filter(({ marks }) => new Set(marks).size === 2);

describe('vusPr()', () => {
  it('is the volume of its definition, whatever the series', () => {
    fc.assert(
      fc.property(series, fc.integer({ min: 0, max: 7 }), ({ scores, marks }, buffer) => {
        expect(vusPr(scores, marks, { buffer })).toBeCloseTo(byDefinition(scores, marks, buffer), 10);
      }),
      { numRuns: 300 },
    );
  });

  it('is the average precision for one anomaly without a buffer', () => {
    const [scores, marks] = [
      [1, 4, 2, 3, 6, 5],
      [0, 0, 0, 1, 0, 0],
    ];
    expect(vusPr(scores!, marks!, { buffer: 0 })).toBeCloseTo(averagePrecision(scores!, marks!), 12);
  });

  it('forgives an alarm that is a step late, which the average precision does not', () => {
    const marks = [0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0];
    const late = [0, 0, 0, 0, 0, 5, 5, 5, 0, 0, 0];
    const early = [5, 5, 5, 0, 0, 0, 0, 0, 0, 0, 0];
    const at = (buffer: number, scores: number[]) => vusPr(scores, marks, { buffer });
    expect(at(4, late)).toBeGreaterThan(at(0, late));
    expect(at(4, early)).toBeLessThan(0.5);
  });

  it('refuses a buffer that is no number of steps, and a series without anomalies', () => {
    expect(() => vusPr([1, 2], [0, 1], { buffer: 1.5 })).toThrow('found buffer 1.5, expected a whole number');
    expect(() => vusPr([1, 2], [0, 0], { buffer: 1 })).toThrow('found 0 anomalies and 2 others');
  });
});
