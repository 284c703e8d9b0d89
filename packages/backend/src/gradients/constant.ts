import * as tf from '@tensorflow/tfjs';

/** What does not change with its inputs, but at a jump, lets nothing flow back; there is no stock gradient. */
const constant = (kernelName: string, ...names: string[]): tf.GradConfig => ({
  kernelName,
  inputsToSave: names,
  gradFunc: (_dy, saved) =>
    Object.fromEntries(names.map((name, i) => [name, () => tf.zeros(saved[i]!.shape)])),
});

const comparisons = ['Equal', 'NotEqual', 'Less', 'LessEqual', 'Greater', 'LogicalAnd', 'LogicalOr'];

/** A whole number or a truth value stays what it is; the stock gradient is that of a number that is not cast. */
const cast: tf.GradConfig = {
  kernelName: 'Cast',
  gradFunc: (dy, _saved, attributes) => ({
    x: () => {
      const gradient = dy as tf.Tensor;
      return (attributes as { dtype: string }).dtype === 'float32'
        ? gradient.clone()
        : tf.zeros(gradient.shape);
    },
  }),
};

export const constants = [
  ...comparisons.map((name) => constant(name, 'a', 'b')),
  ...['LogicalNot', 'All', 'Any'].map((name) => constant(name, 'x')),
  cast,
];
