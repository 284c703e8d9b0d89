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
 * `hidden` and `latentDim` for the rows of a table, where the defaults are those of pictures: with n columns two hidden
 * layers of 4n (from 16 to 256) and half as many units, and a code of √n dimensions, rounded down. Ours: tables often
 * have some hundred rows, which the 0.5 million weights of 512-256-128 learn by heart, while a code of two dimensions
 * is too narrow for a hundred columns and one as wide as the row learns nothing. Nothing for other shapes.
 */
export function sizesForTable({ shape }: DataKind): { hidden?: number[]; latentDim?: number } {
  if (shape.length !== 1) return {};
  const columns = shape[0]!;
  const widest = Math.min(256, Math.max(16, 4 * columns));
  return { hidden: [widest, widest / 2], latentDim: Math.floor(Math.sqrt(columns)) };
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
