import type { Paper } from '@ae/models';

/** A value as `--set` takes it. */
export const optionText = (value: unknown): string =>
  Array.isArray(value) ? value.join(',') : String(value);

/** `G. E. Hinton, R. R. Salakhutdinov: Reducing the dimensionality of data with neural networks. Science 313, 2006`. */
export const citation = ({ authors, title, venue, year }: Paper): string =>
  `${authors}: ${title}. ${venue}, ${year}`;
