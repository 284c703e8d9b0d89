import type { Examples } from '@ae/data';
import type { Autoencoder, RandomStream } from '@ae/models';

import type { Scorer } from './scorer.js';

/** What a score has learned of normal examples: plain numbers by name, so that they can be saved with the weights. */
export type Fitted = Readonly<Record<string, readonly number[]>>;

/** A way to see in a trained model how little an example belongs: one file in `scores/`, found there. */
export interface Score {
  /** kebab-case, as it is asked for. */
  name: string;
  /** One sentence: what it measures, and in which unit. */
  summary: string;
  /** Why it cannot be had of a model, in words that follow "Cannot score by ⟨name⟩: "; nothing where it can. */
  refuses?(model: Autoencoder): string | undefined;
  /** What it has to know of normal examples; absent where that is nothing. */
  fit?(model: Autoencoder, normal: Examples, random: RandomStream): Promise<Fitted>;
  /** The score by what was fitted. Noise is part of that: no example's score depends on others or on the moment. */
  from(model: Autoencoder, fitted: Fitted): Scorer;
}
