import type { RowResult } from './row.js';

/** Tried, held and fell, a line a row. */
export function table(rows: readonly RowResult[]): string {
  const cells = [
    ['', 'tried', 'held', 'fell', 's'],
    ...rows.map(({ name, tried, fell, skipped, seconds }) =>
      skipped === undefined
        ? [name, String(tried), String(tried - fell.length), String(fell.length), seconds.toFixed(0)]
        : [name, '–', '–', '–', skipped],
    ),
  ];
  const widths = cells[0]!.map((_, column) =>
    Math.max(...cells.filter((row) => column < 4 || row[1] !== '–').map((row) => row[column]!.length)),
  );
  return cells
    .map((row) =>
      row
        .map((cell, i) => (i === 0 || row[1] === '–' ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
        .join('  '),
    )
    .map((line) => line.trimEnd())
    .join('\n');
}
