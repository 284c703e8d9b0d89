import { DataError, DownloadError } from './errors.js';
import type { PublishedDataSet, PublishedFile } from './catalog.js';
import type { Progress } from './progress.js';

export interface DownloadOptions {
  /** Folders on the web to try instead of the data set's own mirrors, in this order. */
  mirrors?: readonly string[] | undefined;
  /** Milliseconds a mirror may take until it begins to answer. @default 10,000 */
  connectTimeout?: number | undefined;
  /** Milliseconds a mirror may then be silent. @default 20,000 */
  stallTimeout?: number | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/** Turns what came from a mirror into what is wanted, or throws a DataError. */
export type Accept<Result> = (bytes: Uint8Array, published: PublishedFile, url: string) => Promise<Result>;

/** Downloads one file of the data set from the first mirror whose answer is accepted. */
export type Downloader<Result> = (published: PublishedFile) => Promise<Result>;

/**
 * Downloads files of one data set. A mirror that fails, be it by silence, an error, a web page or a wrong checksum, gives way to the next
 * and is asked last for the files that follow.
 * @throws DownloadError when every mirror fails for one file; it lists what each one did
 * @throws the signal's reason when it is aborted
 */
export function createDownloader<Result>(
  dataSet: PublishedDataSet,
  accept: Accept<Result>,
  options: DownloadOptions,
): Downloader<Result> {
  const mirrors = [...(options.mirrors ?? dataSet.mirrors)];

  return async (published) => {
    const failures: Error[] = [];
    for (const mirror of [...mirrors]) {
      const url = `${mirror.replace(/\/*$/, '/')}${published.name}.gz`;
      try {
        return await accept(await download(url, published, options), published, url);
      } catch (error) {
        options.signal?.throwIfAborted();
        if (!(error instanceof DownloadError || error instanceof DataError)) throw error;
        failures.push(error);
        mirrors.push(...mirrors.splice(mirrors.indexOf(mirror), 1));
      }
    }
    throw new DownloadError(
      `Cannot download ${dataSet.name}: ${failures.map((failure) => failure.message).join('; ') || 'no mirrors'}`,
      { cause: failures.length === 1 ? failures[0] : new AggregateError(failures) },
    );
  };
}

/** The bytes behind one address, no more of them than the file can have. */
async function download(
  url: string,
  published: PublishedFile,
  options: DownloadOptions,
): Promise<Uint8Array> {
  // No gzip is longer than this: what cannot be packed costs 5 bytes in 16,384.
  const limit = published.bytes + (published.bytes >> 10) + 4096;
  const clock = new AbortController();
  const stop = (after: number, what: string) =>
    setTimeout(() => clock.abort(new DownloadError(`${url} ${what} for ${after} ms`)), after);
  const { connectTimeout = 10_000, stallTimeout = 20_000 } = options;
  let timer = stop(connectTimeout, 'did not answer');
  try {
    const signal = options.signal ? AbortSignal.any([options.signal, clock.signal]) : clock.signal;
    const response = await fetch(url, { signal });
    if (!response.ok)
      throw new DownloadError(`${url} answered ${response.status} ${response.statusText}`.trimEnd());
    if (!response.body) throw new DownloadError(`${url} answered with nothing`);
    const total = Number(response.headers.get('content-length')) || undefined;
    const chunks: Uint8Array[] = [];
    let done = 0;
    const reader = response.body.getReader();
    for (;;) {
      clearTimeout(timer);
      timer = stop(stallTimeout, 'fell silent');
      const { value } = await reader.read();
      if (!value) break;
      chunks.push(value);
      done += value.length;
      if (done > limit)
        throw new DownloadError(`${url} sent more than ${limit} bytes, expected ${published.name}.gz`);
      options.onProgress?.({
        what: published.name,
        done,
        ...(total && done <= total && { total }),
        unit: 'bytes',
      });
    }
    return joined(chunks, done);
  } catch (error) {
    clock.signal.throwIfAborted();
    if (error instanceof DownloadError) throw error;
    throw new DownloadError(`${url} could not be read: ${reason(error)}`, { cause: error });
  } finally {
    clearTimeout(timer);
    clock.abort();
  }
}

/** fetch says only "fetch failed"; what failed is its cause, and where several addresses failed the cause has but a code. */
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
