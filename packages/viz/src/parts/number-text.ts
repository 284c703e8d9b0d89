import { format } from 'd3-format';

/** A number as a person writes it: 148.23, 10,000, 1.5e30; six significant digits unless told otherwise. */
export function numberText(value: number, digits = 6): string {
  if (!Number.isFinite(value)) return String(value);
  return isPlain(Math.abs(value)) ? format(`,.${digits}~r`)(value) : exponent(value, Math.min(digits, 4));
}

/** A measured value, always to five significant digits: 149.00, 0.014606. */
export const measureText = (value: number): string =>
  Number.isFinite(value) && isPlain(Math.abs(value)) ? format(',.5r')(value) : numberText(value, 5);

/** One way of writing for all ticks of an axis, so that 500,000 and 1e6 do not stand side by side. */
export function tickText(ticks: number[]): (tick: number) => string {
  const largest = Math.max(...ticks.map(Math.abs), 0);
  return (tick) => (isPlain(largest) || tick === 0 ? format(',.6~r')(tick) : exponent(tick, 4));
}

const isPlain = (size: number): boolean => size === 0 || (size >= 1e-4 && size < 1e6);

const exponent = (value: number, digits: number): string =>
  format(`.${digits - 1}~e`)(value).replace('e+', 'e');

/** A share as 12 %, 1.2 % or 99.96 %: to two digits of it or of what it lacks, so that only nothing is 0 % and all is 100 %. */
export function percentText(share: number): string {
  const lesser = 100 * Math.min(share, 1 - share);
  const decimals = lesser > 0 ? Math.max(0, 1 - Math.floor(Math.log10(lesser))) : 0;
  return `${format(`.${Math.min(decimals, 12)}~f`)(100 * share)} %`;
}
