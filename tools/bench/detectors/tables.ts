import { readdirSync } from 'node:fs';

import { readData, select, splitValidation, type Examples } from '@ae/data';
import { filesAt } from '@ae/data/node';

/** Real tables, in which it is known which rows are anomalies. */
export interface Table {
  name: string;
  /** Labels are 1 where a row is an anomaly. */
  rows: Examples & { labels: Uint8Array };
}

/** Those on which figures were published before, and that the goals are set for. */
export const EIGHT = [
  ...['cardio', 'thyroid', 'satellite', 'pendigits', 'satimage-2', 'vowels', 'mammography', 'breastw'],
];

/** Every `.npz` of a folder, as ADBench has them: the eight first. */
export async function tablesIn(folder: string, asked: readonly string[]): Promise<Table[]> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.npz'));
  const named = files.map((file) => ({ file, name: file.replace(/^\d+_|\.npz$/g, '') }));
  const place = ({ name }: { name: string }) => (EIGHT.includes(name) ? EIGHT.indexOf(name) : EIGHT.length);
  const wanted = named
    .filter(({ name }) => asked.length === 0 || asked.includes(name))
    .sort((a, b) => place(a) - place(b) || a.name.localeCompare(b.name));
  return Promise.all(
    wanted.map(async ({ file, name }) => {
      const parts = await readData(file, (await filesAt(`${folder}/${file}`)).files);
      if (!('all' in parts) || !parts.all.labels)
        throw new TypeError(`Cannot bench ${file}: found no X and y, expected both`);
      return { name, rows: { ...parts.all, labels: anomalies(parts.all) } };
    }),
  );
}

/** 70 % for training and 30 % for the test, shuffled by the seed. */
export function parts({ rows }: Table, seed: number) {
  const { train, validation: test } = splitValidation(rows, Math.round(0.3 * rows.count), seed);
  return { train, test };
}

export const withoutLabels = ({ values, shape, count }: Examples): Examples => ({ values, shape, count });

export function normalOf(examples: Table['rows']): Examples {
  const places = Array.from(examples.labels.keys()).filter((i) => examples.labels[i] === 0);
  return withoutLabels(select(examples, places));
}

/** Labels are places in the list of classes, whatever those are called. */
function anomalies({ labels, classes }: Examples): Uint8Array {
  return Uint8Array.from(labels!, (label) => Number(Number(classes?.[label] ?? label) === 1));
}
