import type { Examples } from '@ae/data';
import type { Autoencoder, RandomStream } from '@ae/models';

import type { Fitted, Score } from './score.js';
import type { Scorer } from './scorer.js';
import { scores } from './scores/index.js';

/**
 * A score of a trained model, ready to be asked.
 * @param score a name in `scores`, or a score of one's own
 * @param options.normal examples that belong, such as those of the training
 * @returns what scores, and what it has learned, from which `score.from` makes the same again
 * @throws RangeError for a name that is not known, or a model that the score refuses
 */
export async function fitScore(
  score: string | Score,
  model: Autoencoder,
  { normal, random }: { normal: Examples; random: RandomStream },
): Promise<{ scorer: Scorer; fitted: Fitted }> {
  const found = scoreOf(score);
  const refusal = found.refuses?.(model);
  if (refusal !== undefined) throw new RangeError(`Cannot score by ${found.name}: ${refusal}`);
  const fitted = (await found.fit?.(model, normal, random)) ?? {};
  return { scorer: found.from(model, fitted), fitted };
}

/** @throws RangeError for a name that is not known */
export function scoreOf(score: string | Score): Score {
  if (typeof score !== 'string') return score;
  const found = Object.values<Score>(scores).find(({ name }) => name === score);
  if (found) return found;
  throw new RangeError(
    `Cannot score: found no score "${score}", expected one of ${Object.keys(scores).join(', ')}`,
  );
}
