/** A number of a report: errors per pixel with four digits that count, nats with two decimals. */
export function formatMetric(name: string, value: number | undefined): string {
  if (value === undefined) return '–';
  if (!Number.isFinite(value)) return String(value);
  return name === 'mse' || Math.abs(value) < 1 ? value.toPrecision(3) : value.toFixed(2);
}

/** `8.3 s`, `2 min 5 s`, `1 h 4 min`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `60,000`. */
export const formatCount = (count: number): string => Math.round(count).toLocaleString('en-US');
