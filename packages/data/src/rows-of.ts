import { checkExamples } from './check-examples.js';
import { unitOf, widthOf, type Examples, type Field } from './examples.js';
import { unscale } from './scaling.js';

/** The cells of a table: a text where a column has categories, names or classes; `null` where a value is missing. */
export interface TableRows {
  columns: string[];
  rows: (number | string | null)[][];
}

/**
 * Examples of shape `[columns]` as the rows that they stand for, in the units that they had before they were scaled: of the places of a
 * category the one of the largest value, so that reconstructions and samples are rows too. Names come first, as `name`, classes last, as
 * `label`. Numbers are the shortest that round to the same float32.
 * @throws TypeError for examples of more sides, or whose arrays do not fit their count and shape
 */
export function rowsOf(examples: Examples): TableRows {
  const { shape, count, names, labels, classes, scaling } = examples;
  checkExamples('Cannot give rows', examples);
  const [width] = shape;
  if (shape.length !== 1)
    throw new TypeError(`Cannot give rows: found shape [${shape}], expected one side, [columns]`);
  const fields = examples.fields ?? Array.from({ length: width! }, (_, i) => numberField(i));
  const unit = unitOf(examples.values);
  const values = scaling ? unscale(Float32Array.from(examples.values), scaling) : examples.values;
  const rows = Array.from({ length: count }, (_, row) => {
    let from = row * width!;
    const cells = fields.map((field) => {
      const places = widthOf([field]);
      const cell = cellOf(field, values.subarray(from, (from += places)), unit);
      return cell;
    });
    return [
      ...(names ? [names[row]!] : []),
      ...cells,
      ...(labels ? [classes?.[labels[row]!] ?? labels[row]!] : []),
    ];
  });
  const columns = fields.map(({ name }) => name);
  return { columns: [...(names ? ['name'] : []), ...columns, ...(labels ? ['label'] : [])], rows };
}

const numberField = (place: number): Field => ({ name: `column ${place + 1}`, kind: 'number' });

function cellOf(field: Field, values: Uint8Array | Float32Array, unit: number): number | string | null {
  if (values.some(Number.isNaN)) return null;
  if (field.kind === 'number') return shortest(values[0]! / unit);
  return field.categories[values.indexOf(Math.max(...values))]!;
}

/** Nine digits tell all float32 apart, fewer most. */
function shortest(value: number): number {
  const rounded = Math.fround(value);
  for (let digits = 6; digits < 9; digits++) {
    const shorter = Number(rounded.toPrecision(digits));
    if (Math.fround(shorter) === rounded) return shorter;
  }
  return Number(rounded.toPrecision(9));
}
