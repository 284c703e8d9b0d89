/**
 * Twenty colours, none of them grey, found by simulated annealing: the smallest difference in Oklab of any two, for normal sight and
 * for the three kinds of colour blindness, is 0.079 among the first ten and 0.045 among all; for normal sight 0.15 and 0.085.
 * Their lightness keeps them visible on white and on black. Digits that look alike in ink and meet in latent space (4 and 9, 3, 5 and
 * 8, 1 and 7) lie at least 0.18 apart.
 */
const palette = [
  ['#8769d2', '#c3780f', '#f078a5', '#00a5e1', '#874b00'],
  ['#b43c69', '#5ae1c3', '#2d5aa5', '#e1b43c', '#b4b4ff'],
  ['#694b87', '#5a781e', '#b4d278', '#965a96', '#a5694b'],
  ['#69b44b', '#4b9678', '#b478c3', '#2dc3d2', '#007878'],
].flat();

/** So many classes have a colour of their own. */
export const COLORS = palette.length;

/** The colour of a class from 0; from the 21st on they come round again, and figures give the points another mark. */
export const classColor = (label: number): string => palette[Math.abs(Math.trunc(label)) % COLORS]!;

/** Colours for a few series beside each other, in an order that keeps the first ones far apart. */
export const seriesColor = (i: number): string => classColor([3, 1, 5, 6, 0, 2, 7, 8, 4, 9][i] ?? i);

/** Black or white, whichever is easier to read on the colour (relative luminance of WCAG 2.2). */
export function inkOn(color: string): string {
  const [red, green, blue] = channelsOf(color).map((channel) => linear(channel / 255));
  const luminance = 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  return (luminance + 0.05) ** 2 > 1.05 * 0.05 ? '#000000' : '#ffffff';
}

const channelsOf = (color: string): number[] => [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));

const linear = (channel: number): number =>
  channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
