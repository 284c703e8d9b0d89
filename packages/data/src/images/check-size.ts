import { DataError } from '../data-error.js';

/** As many pixels as 16,384 × 16,384 have. */
const most = 2 ** 28;

/**
 * That a picture of this size may be taken into memory, whatever its header announces.
 * @throws DataError for a side of 0, or more than 2^28 pixels
 */
export function checkSize(name: string, width: number, height: number): void {
  if (width > 0 && height > 0 && width * height <= most) return;
  throw new DataError(
    `Cannot read ${name}: found a picture of ${width} × ${height} pixels, expected at least one and at most 2^28 (16,384 × 16,384); make it smaller`,
  );
}
