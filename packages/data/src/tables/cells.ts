/** Whether a cell stands for no value: empty, `NA`, `N/A`, `NaN`, `null`, `?`. */
export const isMissing = (text: string): boolean => missing.has(text);

const missing = new Set(['', 'NA', 'N/A', 'n/a', 'NaN', 'nan', 'null', 'NULL', '?']);

/** What a cell says as a number, with a decimal point: ±Infinity for one that says so, or is too large; NaN where it is none. */
export function numberOf(text: string): number {
  if (plain.test(text)) return Number(text);
  if (infinite.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return NaN;
}

const plain = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const infinite = /^[+-]?inf(inity)?$/i;

/** `1,5`, `1.234,56` or `1,234`: a number that is written as people in some countries do. */
export const hasComma = (text: string): boolean =>
  /^[+-]?\d{1,3}([. ]?\d{3})*,\d+$|^[+-]?\d+,\d+$/.test(text);

/** `2024-01-31`, `31.01.2024`, `1/31/24`, `12:30`, `2024-01-31T12:30:00Z`. */
export const isDate = (text: string): boolean =>
  /^(\d{4}[-/.]\d{1,2}([-/.]\d{1,2})?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})([T ]+\d{1,2}:\d{2}.*)?$|^\d{1,2}:\d{2}(:\d{2}.*)?$/.test(
    text,
  );
