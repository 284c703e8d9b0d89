import type { ModelDefinition, ModelOptions } from './autoencoder.js';
import type { DataKind } from './data-kind.js';

/** Options that follow from the data, and one line for people about them where there is more to say than the shape. */
export interface OptionsForData<Options extends ModelOptions> {
  options: Partial<Options>;
  /** Such as `likelihood=gaussian, as the data are windows of 50 × 3 floats; --set likelihood=… says otherwise`. */
  notice?: string;
}

/**
 * The options of a model which follow from the data, but for those that are typed: its `shape`, where it has one, and
 * what its `forData` says.
 * @param typed what was asked for, by hand or by a recipe; none of it is changed
 */
export function optionsForData<Options extends ModelOptions>(
  { defaults, forData }: Pick<ModelDefinition<Options>, 'defaults' | 'forData'>,
  data: DataKind,
  typed: Partial<Options> = {},
): OptionsForData<Options> {
  const shape = Object.hasOwn(defaults, 'shape') ? { shape: [...data.shape] } : {};
  const follows = Object.entries({ ...forData?.(data) }).filter(
    ([key, value]) => !Object.hasOwn(typed, key) && String(value) !== String(defaults[key]),
  );
  const [first] = follows;
  const options = {
    ...(!Object.hasOwn(typed, 'shape') && shape),
    ...Object.fromEntries(follows),
  } as Partial<Options>;
  if (!first) return { options };
  const settings = follows.map(([key, value]) => `${key}=${textOf(value)}`).join(' ');
  return {
    options,
    notice: `${settings}, as the data are ${wordsFor(data)}; --set ${first[0]}=… says otherwise`,
  };
}

/**
 * `latentDim` for the rows of a table: √n dimensions, rounded down, for n columns; nothing for other shapes. Ours: two, the
 * default, are for a plane that one can look at, and too narrow for a hundred columns. On the normal rows of twelve tables of
 * ADBench (6 to 36 columns, 83 to 5,000 rows, 20 epochs of the default recipe, standardised) held-out rows cost 1.16 nats a
 * column with `vae` instead of 1.18, and a squared error of 0.21 with `ae` instead of 0.27. The default `hidden` stay: there
 * networks that shrink with the table were no better at 83 rows, and worse on the whole (1.26 nats and 0.37 with 4n and 2n units).
 */
export function codeForTable({ shape }: DataKind): { latentDim?: number } {
  return shape.length === 1 ? { latentDim: Math.floor(Math.sqrt(shape[0]!)) } : {};
}

/** The columns' categories may be some hundred numbers. */
function textOf(value: ModelOptions[string] | undefined): string {
  const isLong = Array.isArray(value) && value.length > 8;
  return isLong ? `${value.slice(0, 8).join(',')},…` : String(value);
}

function wordsFor({ shape, values }: DataKind): string {
  if (shape.length === 1) return `rows of ${shape[0]} ${values}`;
  return `${shape.length === 2 ? 'windows' : 'pictures'} of ${shape.join(' × ')} ${values}`;
}
