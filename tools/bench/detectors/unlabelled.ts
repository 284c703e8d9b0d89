import { auroc, compareDetectors, fitDetector, type Verdict } from '@ae/evaluation';
import { disposeModel, randomStream } from '@ae/models';

import { ours, stock, type Setting } from './settings.js';
import { parts, withoutLabels, type Table } from './tables.js';

/** AUROC by detector, and what the comparison says. */
export interface Found {
  table: string;
  seed: number;
  auroc: Record<string, number>;
  verdict: Verdict;
}

/** All detectors on one table: fitted to a training part without labels, anomalies among it, judged on the test part. */
export async function measureUnlabelled(table: Table, seed: number): Promise<Found> {
  const { train, test } = parts(table, seed);
  const normal = withoutLabels(train);
  const fit = ({ model, options }: Setting) =>
    fitDetector(model, normal, {
      ...options(table.rows.shape[0]!),
      // The threshold is of no account here.
      ...{ contamination: 0.05, random: randomStream(seed) },
    });
  const [own, plain] = [await fit(ours), await fit(stock)];
  const isAnomaly = test.labels;
  const given = { normal, test: withoutLabels(test), isAnomaly, random: randomStream(seed) };
  const { judged, verdict } = await compareDetectors(own, given);
  const found = judged.map(({ name, auroc }) => [name === 'autoencoder' ? ours.name : name, auroc] as const);
  const stockAuroc = auroc(await plain.score(withoutLabels(test)), isAnomaly);
  [own, plain].forEach(({ model }) => disposeModel(model));
  return {
    ...{ table: table.name, seed, verdict },
    auroc: { ...Object.fromEntries(found), [stock.name]: stockAuroc },
  };
}
