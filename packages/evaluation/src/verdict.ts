import type { Judged } from './judged.js';

/** `better` or `worse` than the best baseline beyond doubt, or as good. */
export type Verdict = 'better' | 'as-good' | 'worse';

/** Whether the autoencoder was worth it, by the baseline of the highest AUROC. */
export function verdictOf([own, ...others]: readonly Judged[]): { verdict: Verdict; text: string } {
  const best = others.reduce((a, b) => (b.auroc > a.auroc ? b : a));
  const { low, high } = best.behind!;
  const verdict = low > 0 ? 'better' : high < 0 ? 'worse' : 'as-good';
  const numbers = `an AUROC of ${places(own!.auroc)} against ${places(best.auroc)} of ${NAMES[best.name] ?? best.name}, the best without a network (difference ${places(low)} to ${places(high)} with 95 %)`;
  const text = {
    better: `The autoencoder was worth it: ${numbers}.`,
    'as-good': `The autoencoder was not worth it on these examples: ${numbers}, which is no difference that they can tell. Take the simpler detector, or judge by more examples.`,
    worse: `The autoencoder was not worth it, and does harm: ${numbers}. Take the simpler detector.`,
  }[verdict];
  return { verdict, text: `${text}${aboutAlarms(own!)}` };
}

const NAMES: Record<string, string> = {
  pca: 'a PCA of equal size',
  mahalanobis: 'the Mahalanobis distance',
  'isolation-forest': 'an isolation forest',
};

function aboutAlarms({ falseAlarms }: Judged): string {
  if (!falseAlarms) return '';
  const { asked, came, low, high } = falseAlarms;
  if (low <= came && came <= high) return '';
  return ` Of what belongs, ${percent(came)} gave an alarm, where ${percent(asked)} was asked for and ${percent(low)} to ${percent(high)} would have been chance: what was tested is not like what was held out.`;
}

const places = (number: number): string => number.toFixed(3).replace('-', '−');
const percent = (share: number): string => `${Number((100 * share).toPrecision(2))} %`;
