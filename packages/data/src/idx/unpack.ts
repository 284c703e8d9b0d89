import { DataError } from '../data-error.js';
import { checkIdx, overlong, parseIdxHeader, truncated } from './header.js';

export interface UnpackOptions {
  /** The name that errors carry. */
  file: string;
  /** Longest unpacked file to accept, in bytes. */
  limit: number;
  /** Unpacks a gzip no further than it is read. */
  gunzip(packed: Uint8Array): AsyncIterable<Uint8Array>;
}

/**
 * The bytes of an IDX file that may be packed with gzip. Memory is taken for what the file's header promises, once that is known to be
 * within the limit; unpacking stops at the first byte beyond it, however much a gzip bomb would go on to hold.
 * @throws DataError when the file is no IDX file, too long, truncated, has trailing bytes, or its gzip is damaged
 */
export async function unpackIdx(bytes: Uint8Array, options: UnpackOptions): Promise<Uint8Array> {
  if (!isGzip(bytes)) {
    const { shape, length } = checkIdx(bytes, options);
    if (length > options.limit) throw tooLong(options.file, shape, length, options.limit);
    return bytes;
  }
  try {
    return await gather(options.gunzip(bytes), options);
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    const reason = (cause as Error).message;
    throw new DataError(`Cannot unpack ${options.file}: ${reason}, expected a whole gzip file`, { cause });
  }
}

/** Whether bytes begin as every gzip file does. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

async function gather(
  chunks: AsyncIterable<Uint8Array>,
  { file, limit }: UnpackOptions,
): Promise<Uint8Array> {
  let start: Uint8Array = new Uint8Array();
  let target: Uint8Array | undefined;
  let filled = 0;
  for await (const chunk of chunks) {
    if (target && filled + chunk.length <= target.length) {
      target.set(chunk, filled);
      filled += chunk.length;
      continue;
    }
    start = target ? start : joined(start, chunk);
    const header = parseIdxHeader(start, { file });
    if (!header) continue;
    if (header.length > limit) throw tooLong(file, header.shape, header.length, limit);
    if (target || start.length > header.length) throw overlong(file, 'more', header);
    target = new Uint8Array(header.length);
    target.set(start);
    filled = start.length;
  }
  if (!target) throw truncated(file, start.length, undefined);
  if (filled < target.length) throw truncated(file, filled, parseIdxHeader(target, { file }));
  return target;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

function tooLong(file: string, shape: number[], length: number, limit: number): DataError {
  return new DataError(
    `Cannot read ${file}: found a header that announces shape [${shape}], ${length} bytes, expected at most ${limit}`,
  );
}
