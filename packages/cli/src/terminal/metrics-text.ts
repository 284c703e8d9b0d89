import type { RunRecord } from '@ae/runs';
import { formatMetric } from '@ae/runs/text';

import { textTable } from './text-table.js';

/** A run's numbers for a terminal: a row a metric, and PCA's error where it was measured. */
export function metricsText({ metrics, pca }: Pick<RunRecord, 'metrics' | 'pca'>): string {
  const names = Object.keys(metrics?.test ?? {});
  return textTable(
    ['', 'test', 'validation', ...(pca ? [`PCA ${pca.components}`] : [])],
    names.map((name) => [
      name,
      formatMetric(name, metrics?.test[name]),
      formatMetric(name, metrics?.validation[name]),
      ...(pca ? [formatMetric(name, name === 'mse' ? pca.mse : undefined)] : []),
    ]),
  );
}
