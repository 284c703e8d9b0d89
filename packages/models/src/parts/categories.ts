import * as tf from '@tensorflow/tfjs';

import type { Field } from '../data-kind.js';
import type { Likelihood } from '../likelihood.js';

/**
 * For the columns of a table what an option holds of its categories: 0 for a number, and for the places of the first
 * category 1, of the second 2, and so on. Empty where all are numbers.
 */
export function categoriesOf(fields: readonly Field[] = []): number[] {
  let last = 0;
  const columns = fields.flatMap((field) =>
    field.kind === 'number' ? [0] : Array<number>(field.categories.length).fill((last += 1)),
  );
  return last > 0 ? columns : [];
}

/**
 * A likelihood for the rows of a table some of whose columns are the places of categories, 1 where the row has it: for
 * these -Σ x·log p with p the softmax of what the decoder gives for the category's places (a category that is missing, all
 * 0, costs nothing), for the others what `numbers` says. To look at there are the probabilities p.
 * @param categories as `categoriesOf` gives them; with none it is `numbers` itself
 * @throws RangeError where they are not of the table's columns, or the numbers' likelihood is not of any values
 */
export function withCategories(
  numbers: Likelihood,
  { categories, shape }: { categories: readonly number[]; shape: readonly number[] },
): Likelihood {
  if (!categories.some((category) => category > 0)) return numbers;
  if (shape.length !== 1 || categories.length !== shape[0])
    throw new RangeError(
      `categories is [${categories}], expected one number for each column of the shape [${shape}]`,
    );
  if (numbers.range !== 'any')
    throw new RangeError(
      `categories is [${categories}], expected a likelihood for any values beside them, such as "gaussian", or the output "linear"`,
    );
  return {
    ...numbers,
    mean: [...numbers.mean, new CategoryProbabilities({ categories, name: 'probabilities' })],
    nll: (last, rows) => {
      const { isNumber } = columnsOf(categories);
      const ofCategories = tf.mul(logProbabilities(last, categories), rows); // a number's log p is 0
      return tf.sub(tf.mul(numbers.nll(last, rows), isNumber), ofCategories);
    },
  };
}

/** log p of every place of a category, 0 for numbers; the gradient is dy - p·Σdy. */
const logProbabilities = (logits: tf.Tensor, categories: readonly number[]): tf.Tensor =>
  tf.customGrad((l, save) => {
    const value = tf.tidy(() => logSoftmax(l as tf.Tensor, categories));
    (save as tf.GradSaveFunc)([value]);
    return {
      value,
      gradFunc: (dy: tf.Tensor, [logP]: tf.Tensor[]) =>
        tf.sub(
          tf.mul(dy, columnsOf(categories).isCategory),
          tf.mul(tf.exp(logP!), sumsByCategory(dy, categories)),
        ),
    };
  })(logits);

function logSoftmax(logits: tf.Tensor, categories: readonly number[]): tf.Tensor {
  const grid = gridOf(categories);
  const places = tf.add(onGrid(logits, grid), tf.mul(tf.sub(grid.taken, 1), FAR));
  const most = tf.max(places, 2, true);
  const total = tf.add(tf.log(tf.sum(tf.exp(tf.sub(places, most)), 2)), tf.squeeze(most, [2]));
  return tf.mul(tf.sub(logits, toColumns(total, categories)), columnsOf(categories).isCategory);
}

/** Enough below any logit to be nothing beside it, and finite. */
const FAR = 1e9;

/** Σ over the places of each column's category, 0 for numbers. */
function sumsByCategory(values: tf.Tensor, categories: readonly number[]): tf.Tensor {
  const grid = gridOf(categories);
  const sums = tf.sum(tf.mul(onGrid(values, grid), grid.taken), 2);
  return tf.mul(toColumns(sums, categories), columnsOf(categories).isCategory);
}

/** Categories have places of different number: a grid of `[categories, most places]` says which column stands where. */
interface Grid {
  columns: number[][];
  /** `[categories, most places]`: 1 where there is a column. */
  taken: tf.Tensor;
}

function gridOf(categories: readonly number[]): Grid {
  const all = [...new Set(categories)].filter((category) => category > 0);
  const columns = all.map((category) => categories.flatMap((of, column) => (of === category ? column : [])));
  const most = Math.max(...columns.map((places) => places.length));
  const row = (places: number[]) => Array.from({ length: most }, (_, place) => places[place] ?? places[0]!);
  const taken = columns.map((places) => Array.from({ length: most }, (_, at) => +(at < places.length)));
  return { columns: columns.map(row), taken: tf.tensor2d(taken) };
}

/** `[batch, columns]` → `[batch, categories, most places]`. */
const onGrid = (values: tf.Tensor, { columns, taken }: Grid): tf.Tensor =>
  tf.reshape(tf.gather(values, tf.tensor1d(columns.flat(), 'int32'), 1), [-1, ...taken.shape]);

/** `[batch, categories]` → `[batch, columns]`, where numbers get what the first category has. */
function toColumns(values: tf.Tensor, categories: readonly number[]): tf.Tensor {
  const all = [...new Set(categories)].filter((category) => category > 0);
  const places = categories.map((category) => Math.max(0, all.indexOf(category)));
  return tf.gather(values, tf.tensor1d(places, 'int32'), 1);
}

function columnsOf(categories: readonly number[]) {
  return {
    isCategory: tf.tensor1d(categories.map((category) => +(category > 0))),
    isNumber: tf.tensor1d(categories.map((category) => +(category === 0))),
  };
}

/** Logits → probabilities in the columns of categories; numbers stay as they are. */
export class CategoryProbabilities extends tf.layers.Layer {
  static readonly className = 'CategoryProbabilities';
  private readonly categories: readonly number[];

  constructor(config: { categories: readonly number[]; name?: string; inputShape?: number[] }) {
    super(config);
    this.categories = config.categories;
  }

  override computeOutputShape(shape: tf.Shape): tf.Shape {
    return shape;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const values = Array.isArray(inputs) ? inputs[0]! : inputs;
      const { isCategory, isNumber } = columnsOf(this.categories);
      const probabilities = tf.mul(tf.exp(logProbabilities(values, this.categories)), isCategory);
      return tf.add(tf.mul(values, isNumber), probabilities);
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), categories: [...this.categories] };
  }
}
tf.serialization.registerClass(CategoryProbabilities);
