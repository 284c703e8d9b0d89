import { table } from '../table.js';
import { RATES, type Alarms } from './alarms.js';
import { EIGHT } from './tables.js';
import type { Found } from './unlabelled.js';

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

/** A row a table, the best of each in bold, and the means of the eight and of all. */
export function aboutUnlabelled(found: readonly Found[]): string[] {
  const detectors = Object.keys(found[0]!.auroc);
  const tables = [...new Set(found.map((each) => each.table))];
  const of = (names: readonly string[], detector: string) =>
    mean(names.map((name) => mean(found.filter((f) => f.table === name).map((f) => f.auroc[detector]!))));
  const line = (title: string, names: readonly string[], last: string) => {
    const means = detectors.map((detector) => of(names, detector));
    const best = Math.max(...means);
    return [title, ...means.map((m) => (m === best ? `**${m.toFixed(3)}**` : m.toFixed(3))), last];
  };
  const verdicts = (name: string) => {
    const all = found.filter((f) => f.table === name).map(({ verdict }) => verdict);
    return ['better', 'as-good', 'worse'].map((kind) => all.filter((v) => v === kind).length).join(' / ');
  };
  const eight = tables.filter((name) => EIGHT.includes(name));
  return table(
    ['table', ...detectors, 'better / as good / worse'],
    [
      ...tables.map((name) => line(name, [name], verdicts(name))),
      ...(eight.length > 1 ? [line(`mean of ${eight.length}`, eight, '')] : []),
      line(`mean of ${tables.length}`, tables, ''),
    ],
  );
}

/** A row a rate: how many tables and seeds could tell it, and in how many of them what came lies within its band. */
export function aboutAlarms(alarms: readonly Alarms[]): string[] {
  return table(
    ['asked for', 'told', 'too few rows', 'came, mean', 'within the band', 'within that of the test alone'],
    RATES.map((rate) => {
      const all = alarms.filter(({ asked }) => asked === rate);
      const told = all.flatMap(({ came }) => came ?? []);
      if (told.length === 0) return [`${100 * rate} %`, '0', String(all.length), '–', '–', '–'];
      const share = (kind: 'within' | 'withinTestAlone') =>
        `${((100 * told.filter((each) => each[kind]).length) / told.length).toFixed(1)} %`;
      return [
        ...[`${100 * rate} %`, String(told.length), String(all.length - told.length)],
        ...[`${(100 * mean(told.map((each) => each.share))).toFixed(2)} %`],
        ...[share('within'), share('withinTestAlone')],
      ];
    }),
  );
}
