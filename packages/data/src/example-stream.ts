import type { Examples } from './examples.js';

/** Examples that need not fit into memory, a few at a time. */
export interface ExampleStream {
  /** How many there are. @default counted, by going through them once more */
  count?: number | undefined;
  /**
   * Goes through all of them from the first, each time that it is called: some examples after the other, of one shape and kind, with
   * labels everywhere or nowhere, and with the same classes and fields. What is given may be written over once the next is asked for.
   */
  chunks(): AsyncIterable<Examples> | Iterable<Examples>;
}

/** What is streamed: the parts that the files have, or all in one. */
export type StreamedParts =
  { all: ExampleStream } | { train: ExampleStream; validation?: ExampleStream; test?: ExampleStream };
