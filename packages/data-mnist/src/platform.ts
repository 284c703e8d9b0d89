/** What differs between Node and browsers on the way from a web address to trusted bytes. */
export interface Platform {
  /** Asks a web server; the answer's bytes come as they are read, and no further once the signal is aborted. */
  open(url: string, signal: AbortSignal): Promise<Answer>;
  /** Unpacks a gzip no further than it is read. */
  gunzip(packed: Uint8Array): AsyncIterable<Uint8Array>;
  /** SHA-256 over pieces of bytes one after the other, as 64 hexadecimal digits. */
  sha256(pieces: readonly Uint8Array[]): string | Promise<string>;
}

/** What a web server answers. */
export interface Answer {
  status: number;
  statusText: string;
  /** The length that the server announces. */
  length?: number;
  bytes: AsyncIterable<Uint8Array>;
}
