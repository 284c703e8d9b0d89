/** Every platform has it; the universal types have not. */
declare const TextDecoder: new (
  label: string,
  options?: { fatal?: boolean; ignoreBOM?: boolean },
) => { decode(bytes: Uint8Array): string };

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

/** @throws TypeError for bytes that are not UTF-8 */
export const decodeUtf8 = (bytes: Uint8Array): string => strict.decode(bytes);

/** With U+FFFD for bytes that are not UTF-8. */
export const decodeLeniently = (bytes: Uint8Array): string => lenient.decode(bytes);
