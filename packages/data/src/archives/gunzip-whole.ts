import { DataError } from '../data-error.js';
import type { DataFile, Reading } from '../format.js';
import { pausesForEvents } from '../pause-for-events.js';
import { throwIfStopped } from '../stop-signal.js';
import { gunzip } from './inflate.js';

/** Pictures, numbers and text are not packed more tightly; up to this size nobody minds. */
const [highestRatio, harmless] = [200, 2 ** 28];

const longest = 2 ** 32 - 1;

/**
 * A gzip file unpacked in memory.
 * @throws DataError where it is damaged, or would become 200 times as long and more than 256 MiB
 * @throws the signal's reason once it is aborted
 */
export async function gunzipWhole(file: DataFile, { signal, onProgress }: Reading = {}): Promise<Uint8Array> {
  const wrong = (found: string, expected: string, cause?: unknown) =>
    new DataError(`Cannot unpack ${file.name}: found ${found}, expected ${expected}`, { cause });
  const packed = await file.read();
  if (packed.length < 18 || packed[0] !== 0x1f || packed[1] !== 0x8b)
    throw wrong('no gzip header', 'a whole gzip file');
  const size = new DataView(packed.buffer, packed.byteOffset + packed.length - 4, 4).getUint32(0, true);
  const most = Math.min(longest, Math.max(harmless, packed.length * highestRatio));
  if (size > most) throw wrong(`${size} bytes in ${packed.length}`, `at most ${most}; unpack it yourself`);
  if (size > packed.length * 1032)
    throw wrong(`a length of ${size}`, `one that ${packed.length} bytes can have`);
  const whole = new Uint8Array(size);
  const pause = pausesForEvents();
  let filled = 0;
  try {
    for await (const piece of gunzip(packed)) {
      if (filled + piece.length > size) throw wrong('more', `${size} bytes as it says at its end`);
      whole.set(piece, filled);
      filled += piece.length;
      throwIfStopped(signal);
      await pause();
      onProgress?.({ what: file.name, done: filled, total: size, unit: 'bytes' });
    }
  } catch (cause) {
    if (cause instanceof DataError || (signal?.aborted && cause === signal.reason)) throw cause;
    throw wrong(String((cause as Error).message ?? cause), 'a whole gzip file', cause);
  }
  return whole;
}
