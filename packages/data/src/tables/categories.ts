import { DataError } from '../data-error.js';
import { hasComma, isDate, numberOf } from './cells.js';
import type { Column } from './columns.js';

/** More different texts than that in a column are no categories, but something that tells rows apart, or was meant as numbers. */
export const mostCategories = 64;

/**
 * The texts of a column in the order of their code units, as the places of a one-hot code. They are categories where there are at most 64,
 * and fewer than rows.
 * @throws DataError for a column of other texts, dates, or numbers with a decimal comma, with what to do
 */
export function categoriesOf(column: Column, count: number, table: string): readonly string[] {
  if (column.known?.kind === 'category') return column.known.categories;
  const texts = [...column.texts.keys()];
  if (
    texts.length > mostCategories ||
    texts.every(isDate) ||
    isDecimal(texts) ||
    (texts.length >= count && count > 1)
  )
    throw refusal(column, table);
  return texts.sort();
}

/** Why the texts of a column are no categories, and what to do. */
export function refusal({ name, texts, stray }: Column, table: string): DataError {
  const all = [...texts.keys()];
  const wrong = (found: string, expected: string) =>
    new DataError(`Cannot read ${table}: found ${found} in column "${name}", expected ${expected}`);
  const shown = all
    .slice(0, 3)
    .map((text) => `"${text}"`)
    .join(', ');
  if (all.every(isDate))
    return wrong(
      `dates such as ${shown}`,
      'numbers or categories; leave it out (columns), take it to name the rows (key), or make numbers of it, such as days or the hour',
    );
  if (isDecimal(all))
    return wrong(
      `numbers with a comma such as ${shown}`,
      'a decimal point and nothing between thousands; write them so',
    );
  if (stray && all.filter((text) => !Number.isNaN(numberOf(text))).length > all.length / 2)
    return wrong(
      `"${stray.text}" among numbers, first in ${stray.place},`,
      'a number, or an empty cell; skipBroken leaves such rows out',
    );
  return wrong(
    `${all.length > mostCategories ? `more than ${mostCategories}` : all.length} different texts such as ${shown}`,
    `numbers, or at most ${mostCategories} categories and fewer than rows; leave it out (columns), or take it to name the rows (key)`,
  );
}

const isDecimal = (texts: readonly string[]) =>
  texts.some(hasComma) && texts.every((text) => hasComma(text) || !Number.isNaN(numberOf(text)));
