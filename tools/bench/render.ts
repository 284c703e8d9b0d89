import type { Growth } from './growth.js';
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

/** How the time of a step grows, for a terminal. */
export function renderGrowth(growth: Growth[]): string {
  return [[...GROWTH_COLUMNS], ...growth.map(growthCells)]
    .map((line) => line.map((cell) => cell.padStart(9)).join(''))
    .join('\n');
}

/** The page BENCHMARKS.md. */
export function renderMarkdown(rows: Row[], growth: Growth[], notes: string[]): string {
  const line = (cellsOfLine: readonly string[]) => `| ${cellsOfLine.join(' | ')} |`;
  return `# Benchmarks

Images per second in training, whole steps (forward, backward, update) through \`@ae/trainer\`'s \`fit\`, medians of
interleaved repetitions. \`to PyTorch\` is the ratio to the better of PyTorch's thread counts in the same run; \`of peak\`
is the share of the threads' measured peak that the products and convolutions reach. Repeat with
\`npm run bench -- --write\`.

${notes.map((note) => `- ${note}`).join('\n')}

${[line(COLUMNS), line(COLUMNS.map((_, i) => (i < 3 ? '---' : '---:'))), ...rows.map((row) => line(cells(row)))].join('\n')}

## How the time of a step grows

The original VAE, 784-width-2, on the fastest backend.

${[line(GROWTH_COLUMNS), line(GROWTH_COLUMNS.map(() => '---:')), ...growth.map((row) => line(growthCells(row)))].join('\n')}
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

const GROWTH_COLUMNS = ['batch', 'width', 'threads', 'ms'] as const;
const growthCells = ({ batch, width, threads, millisecondsPerStep }: Growth): string[] => [
  `${batch}`,
  `${width}`,
  `${threads}`,
  millisecondsPerStep.toFixed(2),
];
