import type { Row } from './main.js';

const COLUMNS = [
  'model',
  'recipe',
  'backend',
  'threads',
  'batch',
  'images/s',
  'to PyTorch',
  'of peak',
] as const;

/** A table for a terminal. */
export function renderText(rows: Row[]): string {
  const lines = [[...COLUMNS], ...rows.map(cells)];
  const widths = COLUMNS.map((_, i) => Math.max(...lines.map((line) => line[i]!.length)));
  return lines
    .map((line) =>
      line.map((cell, i) => (i < 3 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  '),
    )
    .join('\n');
}

/** The page BENCHMARKS.md. */
export function renderMarkdown(rows: Row[], notes: string[]): string {
  const line = (cellsOfLine: readonly string[]) => `| ${cellsOfLine.join(' | ')} |`;
  return `# Benchmarks

Images per second in training, whole steps (forward, backward, update) through \`@ae/trainer\`'s \`fit\`, medians of
interleaved repetitions. \`to PyTorch\` is the ratio to the better of PyTorch's thread counts in the same run; \`of peak\`
is the share of the threads' measured peak that the products and convolutions reach. Repeat with
\`npm run bench -- --write\`.

${notes.map((note) => `- ${note}`).join('\n')}

${[line(COLUMNS), line(COLUMNS.map((_, i) => (i < 3 ? '---' : '---:'))), ...rows.map((row) => line(cells(row)))].join('\n')}
`;
}

const cells = (row: Row): string[] => [
  row.model,
  row.recipe,
  row.backend,
  `${row.threads}`,
  `${row.batch}`,
  row.imagesPerSecond.toLocaleString('en'),
  row.ratioToPyTorch === null ? '' : `${row.ratioToPyTorch.toFixed(2)}×`,
  row.shareOfPeak === null ? '' : `${(100 * row.shareOfPeak).toFixed(1)} %`,
];
