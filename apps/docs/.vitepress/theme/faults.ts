import { existsSync, readFileSync } from 'node:fs';

/** A campaign of faults as it was last run. */
export interface FaultsRecord {
  commit: string;
  date: string;
  /** Version of Node. */
  node: string;
  seed: number;
  /** `short` or `whole`. */
  form: string;
  rows: FaultRow[];
}

/** One kind of misfortune, and what came of it. */
export interface FaultRow {
  name: string;
  /** As a user would say it. */
  promise: string;
  /** What is done to it. */
  how: string;
  tried: number;
  /** How often the promise was not kept. */
  fell: number;
  note?: string;
  /** Why it was not tried. */
  skipped?: string;
}

/**
 * The record of the last campaign; null where none has been kept.
 * @throws Error where the file is no such record
 */
export function readFaults(file: URL): FaultsRecord | null {
  if (!existsSync(file)) return null;
  const record = JSON.parse(readFileSync(file, 'utf8')) as FaultsRecord;
  const isRow = ({ name, promise, how, tried, fell }: FaultRow) =>
    [name, promise, how].every((text) => typeof text === 'string') &&
    Number.isInteger(tried) &&
    Number.isInteger(fell);
  if (!record.commit || !Array.isArray(record.rows) || !record.rows.every(isRow))
    throw new Error(
      'Cannot show what it survives: found another kind of tools/faults/record.json, expected commit and rows of name, promise, how, tried and fell',
    );
  return record;
}
