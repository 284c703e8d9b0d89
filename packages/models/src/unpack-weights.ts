/** What Node and pages have in common, for which this package takes the types of neither. */
declare const atob: (base64: string) => string;
declare class DecompressionStream {
  constructor(format: 'deflate');
}
declare class Response {
  constructor(body: unknown);
  body: { pipeThrough(stream: DecompressionStream): unknown };
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** The bytes behind base64 of what zlib has packed. */
export async function unpackWeights(base64: string): Promise<Uint8Array> {
  const packed = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const stream = new Response(packed).body.pipeThrough(new DecompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
