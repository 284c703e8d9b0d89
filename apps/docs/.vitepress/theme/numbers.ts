/** A loss in nats or squared error per image: three figures behind the point below 10, one from 100. */
export const lossText = (value: number | undefined): string =>
  value === undefined ? '–' : value.toFixed(value < 10 ? 3 : value < 100 ? 2 : 1);

/** A mean squared error per pixel. */
export const mseText = (value: number | undefined): string => (value === undefined ? '–' : value.toFixed(4));

/** A time in the largest unit that leaves two figures. */
export function timeText(seconds: number): string {
  if (seconds < 120) return `${seconds.toFixed(0)} s`;
  return seconds < 7200 ? `${(seconds / 60).toFixed(0)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

/** A count with its thousands apart. */
export const countText = (count: number): string => Math.round(count).toLocaleString('en-US');
