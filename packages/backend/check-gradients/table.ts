import type { Row } from './survey.js';

/** How an operation stands on a backend. */
export interface Standing {
  cases: number;
  patched: number;
  refused: number;
  /** Neither right nor refused, in words. */
  wrong: string[];
}

export const standing = (rows: readonly Row[], backend: string): Standing => ({
  cases: rows.length,
  patched: rows.filter(({ now, stock }) => now[backend]!.is === 'right' && (stock[backend]?.is ?? 'right') !== 'right').length, // prettier-ignore
  refused: rows.filter(({ now }) => now[backend]!.is === 'refused').length,
  wrong: rows
    .filter(({ now }) => now[backend]!.is === 'wrong' || now[backend]!.is === 'threw')
    .map(({ op, name, now }) => `${op}, ${name}, on ${backend}: ${now[backend]!.because}`),
});

/** Operations × backends, as lines of Markdown. */
export function tableOf(rows: readonly Row[], backends: readonly string[]): string[] {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(['operation', 'cases', ...backends]),
    line(['---', '---:', ...backends.map(() => '---')]),
    ...[...byOperation(rows)].map(([op, its]) =>
      line([`\`${op}\``, String(its.length), ...backends.map((backend) => inWords(standing(its, backend)))]),
    ),
  ];
}

/** What is refused, and what to use instead, as lines of Markdown. */
export function refusalsOf(rows: readonly Row[], backends: readonly string[]): string[] {
  const found = new Map<string, Set<string>>();
  for (const { op, now } of rows)
    for (const backend of backends)
      if (now[backend]!.is === 'refused') {
        const text = now[backend]!.because!.replace(` on ${backend}:`, ':');
        const key = `\`${op}\`: ${text}`;
        found.set(key, (found.get(key) ?? new Set()).add(backend));
      }
  return [...found].map(
    ([text, on]) => `- ${text}${on.size < backends.length ? ` (${[...on].join(', ')})` : ''}`,
  );
}

function byOperation(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(row.op, [...(groups.get(row.op) ?? []), row]);
  return groups;
}

function inWords({ cases, patched, refused, wrong }: Standing): string {
  if (wrong.length > 0) return `**wrong (${wrong.length})**`;
  if (refused === cases) return 'refused';
  const parts = [
    ...(patched > 0 ? [`patched (${patched})`] : []),
    ...(refused > 0 ? [`refused (${refused})`] : []),
  ];
  return parts.join(', ') || 'right';
}
