/** What a picture's first bytes say that it is, as it stands in sentences; `undefined` where they are no picture's. */
export function kindOfImage(bytes: Uint8Array): string | undefined {
  const start = Array.from(bytes.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return starts.find(([pattern]) => pattern.test(start))?.[1];
}

/** In hexadecimal digits, two a byte. */
const starts: readonly (readonly [RegExp, string])[] = [
  [/^89504e470d0a1a0a/, 'PNG'],
  [/^ffd8ff/, 'JPEG'],
  [/^52494646.{8}57454250/, 'WebP'], // RIFF…WEBP
  [/^.{8}6674797061766966|^.{8}6674797061766973/, 'AVIF'], // ftypavif, ftypavis
  [/^.{8}66747970(686569|686576|6d696631|6d736631)/, 'HEIC'], // ftyphei, hev, mif1, msf1
  [/^474946383[79]61/, 'GIF'],
  [/^424d.{8}00000000/, 'BMP'],
  [/^(49492a00|4d4d002a)/, 'TIFF'],
  [/^(ff0a|0000000c4a584c20)/, 'JPEG XL'],
];
