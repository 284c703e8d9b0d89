import type { Detection } from '../record/detection-record.js';
import { markup, type Html } from './markup.js';
import { numberTable } from './parts.js';

/** How a run did as a detector: a word on whether the autoencoder was worth it, and it beside the baselines. */
export const detectorSection = ({ state, judged, verdict }: Detection): Html =>
  markup`<section>
    <h2>Verdict</h2>
    <p>${verdict ?? 'Nobody knows which test examples belong, so that it could not be judged; labels would tell.'}</p>
    <p class="soft">${thresholdText(state)}</p>
    ${
      judged &&
      numberTable(
        ['', 'AUROC', 'average precision', 'false alarms asked', 'false alarms came'],
        judged.map(({ name, auroc, averagePrecision, falseAlarms }) => [
          NAMES[name] ?? name,
          auroc.toFixed(3),
          averagePrecision.toFixed(3),
          falseAlarms ? percent(falseAlarms.asked) : '–',
          falseAlarms ? percent(falseAlarms.came) : '–',
        ]),
      )
    }
  </section>`;

const NAMES: Record<string, string> = {
  autoencoder: 'this run',
  pca: 'PCA of equal size',
  mahalanobis: 'Mahalanobis distance',
  'isolation-forest': 'isolation forest',
};

/** How a threshold was chosen, in a sentence. */
export function thresholdText({ score, threshold, basis }: Detection['state']): string {
  const begin = `Above ${threshold.toPrecision(4)} of ${score} an example does not belong: `;
  switch (basis.by) {
    case 'false-alarms':
      return `${begin}${basis.above} of ${basis.heldOut} validation examples lie above, where a false alarm in ${percent(basis.asked)} was asked for; with 95 % it comes in ${percent(basis.low)} to ${percent(basis.high)}.`;
    case 'contamination':
      return `${begin}the ${percent(basis.asked)} of the validation examples with the highest scores lie above.`;
    case 'labels':
      return `${begin}so the F1 on the examples that are known is highest, ${basis.f1.toFixed(3)}.`;
  }
}

const percent = (share: number): string => `${Number((100 * share).toPrecision(2))} %`;
