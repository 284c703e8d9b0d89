/** What an array is, told by its name. */
export interface Role {
  part: 'all' | 'train' | 'validation' | 'test';
  is: 'values' | 'labels' | 'other';
}

/**
 * `X`, `y`, `images`, `labels`; `x_train`, `y_test` as Keras has them, `train_images`, `val_labels` as MedMNIST; `arr_0`, as NumPy
 * calls what was given no name.
 */
export function roleOf(name: string): Role {
  const words = name.toLowerCase().split(/[^a-z0-9]+/);
  const part = words.map((word) => parts[word]).find((found) => found !== undefined) ?? 'all';
  const rest = words.filter((word) => !(word in parts)).join('_');
  const is = values.includes(rest) ? 'values' : labels.includes(rest) ? 'labels' : 'other';
  return { part, is: rest === '' && part !== 'all' ? 'values' : is };
}

const parts: Record<string, Role['part'] | undefined> = Object.assign(Object.create(null), {
  ...{ train: 'train', training: 'train', tr: 'train' },
  ...{ val: 'validation', valid: 'validation', validation: 'validation', dev: 'validation' },
  ...{ test: 'test', testing: 'test', te: 'test' },
});
const values = [
  ...['x', 'image', 'images', 'img', 'imgs', 'data', 'features', 'values', 'inputs', 'series', 'arr_0'],
];
const labels = ['y', 'label', 'labels', 'target', 'targets', 'class', 'classes'];
