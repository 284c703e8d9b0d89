import { crc32, deflateSync, inflateSync } from 'node:zlib';

const signatureLength = 8;
/** Bytes of a pixel by PNG's type of colour: grey, colours, grey and colours with opacity. */
const channels: Record<number, number> = { 0: 1, 2: 3, 4: 2, 6: 4 };

/**
 * An SVG of at most `limit` characters: where it is longer, its pictures, PNGs within it, are told in 64,
 * 32 or 16 shades. 64 shades of grey cannot be told from 256 by eye.
 * @throws RangeError where 16 shades are still too long
 */
export function coarsenPictures(svg: string, limit: number): string {
  if (svg.length <= limit) return svg;
  for (const shades of [64, 32, 16]) {
    const coarse = svg.replace(
      /data:image\/png;base64,([A-Za-z0-9+/=]+)/g,
      (_, base64: string) =>
        `data:image/png;base64,${coarsenPng(Buffer.from(base64, 'base64'), shades).toString('base64')}`,
    );
    if (coarse.length <= limit) return coarse;
  }
  throw new RangeError(
    `Cannot keep a figure: it has ${svg.length} characters, expected to fit into ${limit}`,
  );
}

/** The same picture in fewer shades, its pixels in one IDAT that is packed anew. */
function coarsenPng(png: Buffer, shades: number): Buffer {
  const chunks = chunksOf(png);
  const header = chunks[0]!.data;
  const [width, depth, colour] = [header.readUInt32BE(0), header[8], header[9]];
  if (depth !== 8 || !(colour! in channels)) return png; // no bytes, or a palette
  const rowLength = 1 + width * channels[colour!]!;
  const packed = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data));
  const rows = inflateSync(packed);
  const step = 255 / (shades - 1);
  for (let at = 0; at < rows.length; at++) {
    const isFilter = at % rowLength === 0;
    if (isFilter && rows[at] !== 0) return png; // rows are coded as differences
    if (!isFilter) rows[at] = Math.round(Math.round(rows[at]! / step) * step);
  }
  const pixels = { type: 'IDAT', data: deflateSync(rows, { level: 9 }) };
  const others = chunks.filter(({ type }) => type !== 'IDAT');
  return Buffer.concat([
    png.subarray(0, signatureLength),
    ...[...others.slice(0, -1), pixels, ...others.slice(-1)].map(writeChunk),
  ]);
}

interface Chunk {
  type: string;
  data: Buffer;
}

/** A PNG's chunks: length, type, data, checksum, after the signature. */
function chunksOf(png: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = signatureLength; at < png.length;) {
    const length = png.readUInt32BE(at);
    chunks.push({
      type: png.toString('latin1', at + 4, at + 8),
      data: png.subarray(at + 8, at + 8 + length),
    });
    at += 12 + length;
  }
  return chunks;
}

function writeChunk({ type, data }: Chunk): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}
