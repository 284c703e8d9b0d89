import { sizeOf, type Examples } from '@ae/data';
import { decodeAll, encodeAll, type Autoencoder } from '@ae/models';

import { noDistances } from '../code-kind.js';
import { distances, fitGaussian } from '../gaussian-distance.js';
import { neighbourDistances, neighbourhood } from '../neighbours.js';
import { asFloats, type Rows } from '../rows.js';
import type { Fitted, Score } from '../score.js';

export const codeAndResidual: Score = {
  name: 'code-and-residual',
  summary:
    'How far the code is from its nearest tenth of normal codes, plus the Mahalanobis distance of code and residual together, each over what nine in ten normal examples stay below',
  refuses: noDistances,
  async fit(model, normal, random) {
    const { codes, both } = await seen(model, normal);
    const { mean, deviation, points } = neighbourhood(codes, random);
    const gaussian = fitGaussian(both);
    const usual = [
      ninthTenth(neighbourDistances({ mean, deviation, points }, codes)),
      ninthTenth(distances(gaussian, both)),
    ];
    return { mean, deviation, points, usual, centre: gaussian.mean, whitening: gaussian.whitening };
  },
  from: (model, fitted) => ({
    async score(examples) {
      const { codes, both } = await seen(model, examples);
      const [far, odd] = bothDistances(fitted, codes, both);
      return far.map((distance, i) => distance / fitted.usual![0]! + odd[i]! / fitted.usual![1]!);
    },
  }),
};

function bothDistances({ mean, deviation, points, centre, whitening }: Fitted, codes: Rows, both: Rows) {
  return [
    neighbourDistances({ mean: mean!, deviation: deviation!, points: points! }, codes),
    distances({ mean: centre!, whitening: whitening! }, both),
  ] as const;
}

/** The codes and, behind each, x̂ − x: together they are the example, as the model sees it. */
async function seen(model: Autoencoder, examples: Examples): Promise<{ codes: Rows; both: Rows }> {
  const codes = await encodeAll(model, examples);
  const { values } = await decodeAll(model, codes);
  const given = asFloats(examples.values);
  const size = sizeOf(examples.shape);
  const { count, dimensions: of } = codes;
  const both = { values: new Float32Array(count * (of + size)), count, dimensions: of + size };
  for (let i = 0; i < count; i++) {
    const start = i * both.dimensions;
    both.values.set(codes.values.subarray(i * of, (i + 1) * of), start);
    for (let d = 0; d < size; d++) both.values[start + of + d] = values[i * size + d]! - given[i * size + d]!;
  }
  return { codes, both };
}

/** What nine in ten of the values stay below; 1 where that is nothing. */
const ninthTenth = (values: Float64Array): number =>
  Float64Array.from(values).sort()[Math.floor(0.9 * (values.length - 1))]! || 1;
