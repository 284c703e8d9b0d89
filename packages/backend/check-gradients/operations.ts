import * as tf from '@tensorflow/tfjs';

/** Every operation that TensorFlow.js exports, by the name with which a program calls it, and every layer. */
export function exportedOperations(): string[] {
  const groups = {
    '': tf,
    ...pick('fused', 'image', 'linalg', 'losses', 'signal', 'sparse', 'spectral', 'string'),
  };
  const operations = Object.entries(groups).flatMap(([group, members]) =>
    Object.entries(members)
      .filter(([, member]) => typeof member === 'function' && member.name.endsWith('__op'))
      .map(([name]) => (group ? `${group}.${name}` : name)),
  );
  const layers = Object.keys(tf.layers).filter((name) => !aliases.test(name));
  return [...operations, ...layers.map((name) => `layers.${name}`)];
}

/** Every kernel with a gradient, by name. */
export const differentiableKernels = (): string[] =>
  [
    ...new Set((Object.values(tf) as unknown[]).filter((name): name is string => typeof name === 'string')),
  ].filter((name) => tf.getGradient(name) !== undefined);

const pick = (...names: string[]): Record<string, object> =>
  Object.fromEntries(names.map((name) => [name, (tf as unknown as Record<string, object>)[name]!]));

/** tfjs-layers has some layers under three names. */
const aliases = /^(avgPool|avgPooling|globalMaxPool\dd|maxPool\dd)/;
