import type { AnnealSpec, BestSpec, Paper } from '@ae/models';

/** A value as `--set` takes it. */
export const optionText = (value: unknown): string =>
  Array.isArray(value) ? value.join(',') : String(value);

/** `G. E. Hinton, R. R. Salakhutdinov: Reducing the dimensionality of data with neural networks. Science 313, 2006`. */
export const citation = ({ authors, title, venue, year }: Paper): string =>
  `${authors}: ${title}. ${venue}, ${year}`;

/** `from 0 to 1 over 10 epochs, linear`. */
export const courseText = ({ from, to, over, by = 'linear' }: AnnealSpec): string =>
  `from ${from} to ${to} over ${over} ${over === 1 ? 'epoch' : 'epochs'}, ${by}`;

/** `the last`, `lowest validation.loss`. */
export const bestText = (best: BestSpec): string =>
  best === 'last' ? 'the last' : `${best.highest ? 'highest' : 'lowest'} ${best.column}`;
