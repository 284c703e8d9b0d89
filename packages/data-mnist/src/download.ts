import { DataError } from '@ae/data';
import { DownloadError } from './errors.js';
import type { PublishedDataSet, PublishedFile } from './published.js';
import type { Platform } from './platform.js';
import type { Progress } from './progress.js';
import { type Pace, startPace } from './pace.js';
import { verifyFile } from './verify.js';

export interface DownloadOptions {
  /** Folders on the web to try instead of the data set's own mirrors, in this order. */
  mirrors?: readonly string[] | undefined;
  /** Milliseconds a mirror may take until it begins to answer. @default 10,000 */
  connectTimeout?: number | undefined;
  /** Milliseconds a mirror may then be silent. @default 20,000 */
  stallTimeout?: number | undefined;
  /** Bytes a second that a mirror must send, on average over each `rateWindow`, before the next one is asked. @default 4096 */
  minimumRate?: number | undefined;
  /** Milliseconds over which the rate is measured. @default 30,000 */
  rateWindow?: number | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/** A file that came from a mirror and is what was published. */
export interface Download {
  url: string;
  /** As it came. */
  packed: Uint8Array;
  /** Unpacked. */
  bytes: Uint8Array;
}

/**
 * Downloads files of one data set. A mirror that fails, be it by silence, a trickle, an error, a web page or a wrong checksum, gives way to the next
 * and is asked last for the files that follow. The function throws a DownloadError when every mirror fails for a file, listing what each
 * one did, and the signal's reason when it is aborted.
 */
export function createDownloader(
  dataSet: PublishedDataSet,
  platform: Platform,
  options: DownloadOptions,
): (published: PublishedFile) => Promise<Download> {
  const mirrors = [...(options.mirrors ?? dataSet.mirrors)];

  return async (published) => {
    const failures: Error[] = [];
    for (const mirror of [...mirrors]) {
      const url = `${mirror.replace(/\/*$/, '/')}${published.name}.gz`;
      try {
        const packed = await download(url, published, platform, options);
        const bytes = await verifyFile(packed, published, { file: url, asPublished: true, platform });
        return { url, packed, bytes };
      } catch (error) {
        options.signal?.throwIfAborted();
        if (!(error instanceof DownloadError || error instanceof DataError)) throw error;
        failures.push(error);
        mirrors.push(...mirrors.splice(mirrors.indexOf(mirror), 1));
      }
    }
    throw new DownloadError(
      `Cannot download ${dataSet.name}: ${failures.map((failure) => failure.message).join('; ') || 'there are no mirrors'}`,
      { cause: failures.length === 1 ? failures[0] : new AggregateError(failures) },
    );
  };
}

/** The bytes behind one address, no more of them than the file can have. */
async function download(
  url: string,
  published: PublishedFile,
  platform: Platform,
  options: DownloadOptions,
): Promise<Uint8Array> {
  const { connectTimeout = 10_000, stallTimeout = 20_000, onProgress, signal } = options;
  const { minimumRate = 4096, rateWindow = 30_000 } = options;
  // No gzip is longer than this: what cannot be packed costs 5 bytes in 16,384.
  const limit = published.bytes + (published.bytes >> 10) + 4096;
  const clock = new AbortController();
  const stopAfter = (delay: number, what: string) =>
    setTimeout(() => clock.abort(new DownloadError(`${url} ${what} for ${delay} ms`)), delay);
  let timer = stopAfter(connectTimeout, 'did not answer');
  let pace: Pace | undefined;
  try {
    const either = signal ? AbortSignal.any([signal, clock.signal]) : clock.signal;
    const { status, statusText, length, bytes } = await platform.open(url, either);
    if (status !== 200) throw new DownloadError(`${url} answered ${status} ${statusText}`.trimEnd());
    const chunks: Uint8Array[] = [];
    let done = 0;
    clearTimeout(timer);
    timer = stopAfter(stallTimeout, 'fell silent');
    pace = startPace({ minimumRate, rateWindow }, (rate) =>
      clock.abort(
        new DownloadError(
          `${url} sent ${Math.round(rate)} bytes a second for ${rateWindow} ms, expected at least ${minimumRate}`,
        ),
      ),
    );
    for await (const chunk of bytes) {
      chunks.push(chunk);
      done += chunk.length;
      pace.reach(done);
      if (done > limit)
        throw new DownloadError(`${url} sent more than ${limit} bytes, expected ${published.name}.gz`);
      onProgress?.({
        what: published.name,
        done,
        ...(length && done <= length && { total: length }),
        unit: 'bytes',
        ...(pace.rate !== undefined && { rate: pace.rate }),
      });
      clearTimeout(timer);
      timer = stopAfter(stallTimeout, 'fell silent');
    }
    either.throwIfAborted(); // a body without a length ends like any other when it is cut
    return joined(chunks, done);
  } catch (error) {
    clock.signal.throwIfAborted();
    if (error instanceof DownloadError) throw error;
    throw new DownloadError(`${url} could not be read: ${reason(error)}`, { cause: error });
  } finally {
    clearTimeout(timer);
    pace?.stop();
    clock.abort();
  }
}

/** What failed is often the cause of the error only, and where several addresses failed the error has but a code. */
function reason(error: unknown): string {
  const { cause = error } = error as { cause?: unknown };
  const { message, code } = cause as { message?: string; code?: string };
  return message || code || String(cause);
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
