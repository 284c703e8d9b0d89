/**
 * Ten colours whose smallest difference stays large for normal sight and for the three kinds of colour blindness:
 * Matthew A. Petroff, "Accessible Color Sequences for Data Visualization", 2021, arXiv:2107.02270.
 * The order is ours: digits that look alike in ink and meet in latent space (4 and 9, 3, 5 and 8) lie far apart in colour.
 */
const palette = [
  '#94a4a2',
  '#a96b59',
  '#e76300',
  '#717581',
  '#ffa90e',
  '#b9ac70',
  '#832db6',
  '#3f90da',
  '#92dadd',
  '#bd1f01',
] as const;

/** The colour of a class from 0; above 9 the colours come round again. */
export const digitColor = (label: number): string => palette[((label % 10) + 10) % 10] ?? palette[0];

/** Black or white, whichever is easier to read on the colour (relative luminance of WCAG 2.2). */
export function inkOn(color: string): string {
  const [red, green, blue] = [1, 3, 5].map((at) => linear(parseInt(color.slice(at, at + 2), 16) / 255));
  const luminance = 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  return (luminance + 0.05) ** 2 > 1.05 * 0.05 ? '#000000' : '#ffffff';
}

const linear = (channel: number): number =>
  channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
