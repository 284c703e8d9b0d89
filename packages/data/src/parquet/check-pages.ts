import type { ColumnMetaData, Compressors, PageHeader } from 'hyparquet/src/index.js';

/** What reads the pages; its parts, because it trusts what they announce. */
export interface PageReader {
  parquetHeader(reader: { view: DataView; offset: number }): PageHeader;
  decompressPage(
    bytes: Uint8Array,
    size: number,
    codec: ColumnMetaData['codec'],
    compressors: Compressors | undefined,
  ): Uint8Array;
}

export interface ChunkFacts {
  column: ColumnMetaData;
  /** As many values as the file says that there are in the chunk. */
  count: number;
  /** Bits of its repetition and definition levels. */
  levels: readonly [repetition: number, definition: number];
  compressors: Compressors;
}

/**
 * That the pages of a column's chunk hold what its file says: sizes within the chunk and what it can become, as many values as are
 * announced, and runs of equal values no longer than that. A reader fills arrays by these numbers, of which one bad byte can make billions.
 * @throws Error that says what was found
 */
export function checkPages(
  chunk: Uint8Array,
  facts: ChunkFacts,
  { parquetHeader, decompressPage }: PageReader,
): void {
  const { column, count, levels, compressors } = facts;
  const reader = { view: new DataView(chunk.buffer, chunk.byteOffset, chunk.length), offset: 0 };
  let seen = 0;
  while (seen < count && reader.offset < chunk.length - 1) {
    const header = parquetHeader(reader);
    const { compressed_page_size: packed, uncompressed_page_size: size } = header;
    const bytes = chunk.subarray(reader.offset, reader.offset + packed);
    if (!(packed >= 0) || bytes.length !== packed)
      throw new Error(`a page of ${packed} bytes in a chunk of ${chunk.length}`);
    if (!(size >= 0) || size > packed * 2 ** 15 + 2 ** 16)
      throw new Error(`a page of ${packed} bytes that become ${size}`);
    reader.offset += packed;
    const dictionary = header.dictionary_page_header;
    const data = header.data_page_header ?? header.data_page_header_v2;
    if (dictionary && !(dictionary.num_values >= 0 && dictionary.num_values <= 8 * size))
      throw new Error(`a dictionary of ${dictionary.num_values} values in ${size} bytes`);
    if (!data) continue;
    if (!(data.num_values >= 0) || seen + data.num_values > count)
      throw new Error(`a page of ${data.num_values} values, of ${count - seen} that are left`);
    seen += data.num_values;
    const v2 = header.data_page_header_v2;
    const isPacked = !v2 || (v2.is_compressed && column.codec !== 'UNCOMPRESSED');
    const ahead = v2 ? v2.repetition_levels_byte_length + v2.definition_levels_byte_length : 0;
    if (!(ahead >= 0 && ahead <= Math.min(size, packed)))
      throw new Error(`levels of ${ahead} bytes in a page of ${packed}`);
    const plain = isPacked
      ? decompressPage(bytes.subarray(ahead), size - ahead, column.codec, compressors)
      : bytes.subarray(ahead);
    const values = v2
      ? checkLevelsAhead(
          bytes,
          plain,
          [v2.repetition_levels_byte_length, v2.definition_levels_byte_length],
          levels,
          data.num_values,
        )
      : checkLevels(plain, levels, data.num_values);
    if (/DICTIONARY/.test(data.encoding)) checkRuns(values.subarray(1), values[0] ?? 0, data.num_values);
    else if (data.encoding === 'RLE') checkRuns(values.subarray(4), 1, data.num_values);
  }
  if (seen !== count) throw new Error(`${seen} values, of ${count} that are announced`);
}

/** Levels that lie in the page behind their lengths; gives what follows. */
function checkLevels(page: Uint8Array, levels: readonly number[], count: number): Uint8Array {
  let rest = page;
  for (const bits of levels) {
    if (bits === 0) continue;
    const length = rest.length < 4 ? Infinity : new DataView(rest.buffer, rest.byteOffset).getUint32(0, true);
    if (length > rest.length - 4) throw new Error(`levels of ${length} bytes in a page of ${page.length}`);
    checkRuns(rest.subarray(4), bits, count);
    rest = rest.subarray(4 + length);
  }
  return rest;
}

/** Levels that lie unpacked before the page's values. */
function checkLevelsAhead(
  bytes: Uint8Array,
  values: Uint8Array,
  lengths: readonly number[],
  levels: readonly number[],
  count: number,
): Uint8Array {
  let from = 0;
  lengths.forEach((length, i) => {
    if (length < 0) throw new Error(`levels of ${length} bytes`);
    if (levels[i]! > 0) checkRuns(bytes.subarray(from), levels[i]!, count);
    from += length;
  });
  return values;
}

/** Runs of equal and of packed values, as far as they are read: until there are as many as the page has, even beyond the length they are given. */
function checkRuns(bytes: Uint8Array, bits: number, count: number): void {
  if (bits === 0) return;
  if (bits > 32) throw new Error(`values of ${bits} bits`);
  let at = 0;
  for (let seen = 0; seen < count && at < bytes.length;) {
    let [header, shift] = [0, 0];
    let byte;
    do {
      byte = bytes[at++] ?? 0;
      header += (byte & 127) * 2 ** shift;
      shift += 7;
    } while (byte & 128 && shift < 42);
    const isPacked = header % 2 === 1;
    const length = isPacked ? Math.floor(header / 2) * 8 : header / 2;
    if (header >= 2 ** 32 || length > count + (isPacked ? 7 : 0))
      throw new Error(`a run of ${length} values in a page of ${count}`);
    at += isPacked ? (length / 8) * bits : Math.ceil(bits / 8);
    seen += length;
    if (length === 0 && !isPacked && at >= bytes.length) break;
  }
}
