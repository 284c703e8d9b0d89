import { writeCsv } from '@ae/data';
import type { ScoredData } from '@ae/runs';

/**
 * A line an example as CSV: its name, its score, 1 where it does not belong and, but for pictures, what made it so.
 * @param withHead whether the first line names the columns
 */
export function scoresTable(
  { examples: { names }, score, isAnomaly, because }: ScoredData,
  withHead = true,
): string {
  const columns = [...(names ? ['name'] : []), 'score', 'is_anomaly', ...(because ? ['because'] : [])];
  const rows = Array.from(score, (value, i) => [
    ...(names ? [names[i]!] : []),
    value,
    isAnomaly[i]!,
    ...(because ? [because[i]!.join(' ')] : []),
  ]);
  const table = writeCsv({ columns, rows });
  return withHead ? table : table.slice(table.indexOf('\n') + 1);
}
