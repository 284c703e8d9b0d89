/**
 * Rows in columns of equal width, two spaces apart; columns of numbers are aligned to the right. Where that is wider than
 * the terminal, each row becomes a block with a line a column.
 * @param width characters of a line @default those of the terminal, without end where there is none
 */
export function textTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  width: number = process.stdout.columns ?? Infinity,
): string {
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const numeric = header.map((_, column) =>
    rows.every((row) => /^(-?[\d.,]+( ?[%×])?|–|)$/.test(row[column] ?? '')),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        numeric[column] && column > 0 ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!),
      )
      .join('  ')
      .trimEnd();
  const lines = [header, ...rows].map(line);
  return lines.every(({ length }) => length <= width) ? lines.join('\n') : blocks(header, rows);
}

function blocks([, ...names]: readonly string[], rows: readonly (readonly string[])[]): string {
  const widest = Math.max(...names.map(({ length }) => length));
  return rows
    .map(([title, ...cells]) =>
      [title, ...cells.map((cell, i) => `  ${names[i]!.padEnd(widest)}  ${cell}`.trimEnd())].join('\n'),
    )
    .join('\n');
}
