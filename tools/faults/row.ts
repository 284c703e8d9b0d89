import type { RandomStream } from '@ae/models';

import type { Place } from './place.js';

/** One kind of misfortune: a file of `rows/`, found by being there. */
export interface Row {
  /** What is promised, as a user would say it. */
  promise: string;
  /** What is done to it, in one sentence. */
  how: string;
  /** How often it is tried: in the short form, and in the whole campaign. */
  times: { short: number; whole: number };
  run(context: Context): Promise<Outcome>;
}

/** What a row works with. */
export interface Context {
  times: number;
  /** Of the row alone, so that leaving one out changes no other. */
  random: RandomStream;
  place: Place;
}

/** What came of it. */
export interface Outcome {
  tried: number;
  /** One sentence for each time that the promise was not kept. */
  fell: string[];
  /** What else was counted. */
  note?: string;
  /** Why it was not tried here at all. */
  skipped?: string;
}

/** A row as it was run. */
export interface RowResult extends Outcome {
  name: string;
  promise: string;
  how: string;
  seconds: number;
}

/** Tries something so many times, and gathers what fell. */
export async function attempts(
  count: number,
  attempt: (i: number) => Promise<string | undefined>,
): Promise<Outcome> {
  const fell: string[] = [];
  for (let i = 0; i < count; i++) {
    const fault = await attempt(i).catch((error: unknown) => String(error));
    if (fault !== undefined) fell.push(fault);
  }
  return { tried: count, fell };
}

/** A whole number from 0 to `end - 1`. */
export const below = (random: RandomStream, end: number): number => Math.floor(random.next() * end);

export const oneOf = <Item>(random: RandomStream, items: readonly Item[]): Item =>
  items[below(random, items.length)]!;
