/** CRC-32 as ZIP, gzip and PNG have it (ISO 3309, polynomial 0xedb88320), of further bytes after those that gave `crc`. */
export function crc32(bytes: Uint8Array, crc = 0): number {
  let state = ~crc;
  for (let i = 0; i < bytes.length; i++) state = table[(state ^ bytes[i]!) & 255]! ^ (state >>> 8);
  return ~state >>> 0;
}

const table = Int32Array.from({ length: 256 }, (_, byte) => {
  let state = byte;
  for (let bit = 0; bit < 8; bit++) state = state & 1 ? 0xedb88320 ^ (state >>> 1) : state >>> 1;
  return state;
});
