/** A Markdown table whose columns are as wide as they need to be; numbers are aligned to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((title, column) =>
    Math.max(3, title.length, ...rows.map((row) => row[column]!.length)),
  );
  const isNumber = head.map((_, column) =>
    rows.every((row) => /^(\*\*)?[\d.,]+( ?[%×x]|\*\*)?$|^–?$/.test(row[column]!)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, c) => (isNumber[c] ? cell.padStart(widths[c]!) : cell.padEnd(widths[c]!))).join(' | ')} |`;
  const rule = `| ${widths.map((width, c) => (isNumber[c] ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width))).join(' | ')} |`;
  return ['', line(head), rule, ...rows.map(line), ''];
}

/** 1234.5 → 1,235; small numbers keep two or three digits. */
export function inDigits(number: number | undefined): string {
  if (number === undefined || !Number.isFinite(number)) return '–';
  if (number >= 100) return Math.round(number).toLocaleString('en');
  return number.toPrecision(number >= 10 ? 3 : 2);
}

export const inPercent = (share: number | undefined): string =>
  share === undefined || !Number.isFinite(share) ? '–' : `${Math.round(share * 100)} %`;
