import { describe, expect, it } from '@jest/globals';

import { comparisonNotes, type ComparedRun } from '../src/report/comparison.js';

type Run = ComparedRun['run'];
const compared = (model: string, test?: Record<string, number>): ComparedRun => {
  const data = { checksum: 'a', shape: [28, 28, 1] } as Run['data'];
  const metrics = test && { metrics: { test, validation: {} } };
  const run = { model, status: test ? 'finished' : 'stopped', data, ...metrics } as Run;
  return { name: `${model}-run`, run, history: [] };
};
const vae = compared('vae', { loss: 150, reconstruction: 144, kl: 6, mse: 0.04 });

describe('comparisonNotes()', () => {
  it('says that losses of different kinds do not compare', () => {
    const ae = compared('ae', { loss: 31.36, reconstruction: 31.36, mse: 0.04 });
    expect(comparisonNotes([vae, ae])).toEqual([
      'The losses of vae and ae are of different kinds (reconstruction + kl; squared error): between these runs only mse compares.',
    ]);
    const own = compared('own', { loss: 7, mse: 0.04 });
    expect(comparisonNotes([vae, own])[0]).toContain('(reconstruction + kl; loss alone)');
  });

  it('says of a run that has no numbers yet that it has not finished, and nothing of its kind', () => {
    expect(comparisonNotes([vae, compared('conv-vae')])).toEqual([
      'Not finished: conv-vae-run (stopped); `ae train --out <run> --resume` goes on with one.',
    ]);
  });
});
