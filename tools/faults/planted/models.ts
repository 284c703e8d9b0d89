import { plantedIn } from './planted.js';

export const models = plantedIn('models', [
  // Not a byte of a file changes unnoticed.
  [
    'safetensors.ts',
    'if (sha256 !== undefined || writer !== undefined) checkSeal',
    'if (sha256 !== undefined) checkSeal',
    'safetensors.test',
  ],
  ['safetensors.ts', 'if (found !== sha256)', 'if (found.length !== sha256?.length)', 'safetensors.test'],
  ['safetensors.ts', 'if (tensor.begin !== end)', 'if (tensor.begin < end)', 'safetensors.test'],
  ['safetensors.ts', 'if (end !== body.byteLength)', 'if (end > body.byteLength)', 'safetensors.test'],
  ['safetensors.ts', 'if (end - begin !== expected)', 'if (end - begin < expected)', 'safetensors.test'],
  ['safetensors.ts', ' || Number(headerBytes) > bytes.byteLength - 8', '', 'safetensors.test'],
  ['safetensors.ts', '|| !Object.hasOwn(READ, dtype)', '|| !(dtype in READ)', 'safetensors.test'],
  ['safetensors.ts', "return dtype === 'F16' ?", "return dtype === 'BF16' ?", 'safetensors.test'],
  ['half-precision.ts', 'exponent === 0 ? sign', 'exponent < 0 ? sign', 'half-precision.test'],
  ['safetensors.ts', 'if (Object.hasOwn(OURS, key))', "if (key === 'ae')", 'safetensors.test'],
  // Weights are those of the model, and numbers.
  ['weights.ts', 'if (bad >= 0)', 'if (bad > data.length)', 'weights.test'],
  [
    'weights.ts',
    'if (!tf.util.arraysEqual(shape, expected))',
    'if (shape.length !== expected.length)',
    'weights.test',
  ],
  ['weights.ts', 'missing.length > 0 || unknown.length > 0', 'missing.length > 0', 'weights.test'],
  ['weights.ts', 'if (Object.hasOwn(weights, name))', 'if (Object.hasOwn(names, name))', 'check-parts.test'],
  ['quantise.ts', ' || step?.length !== outputs', '', 'quantise.test'],
  // Options are what their rules say.
  ['model-options.ts', ' && Number(item) < below', '', 'model-options.test'],
  ['model-options.ts', 'Number(item) >= from && ', '', 'model-options.test'],
  ['model-options.ts', ' && (!whole || Number.isSafeInteger(item))', '', 'model-options.test'],
  ['model-options.ts', '(count !== undefined && values.length !== count) || ', '', 'model-options.test'],
  [
    'model-options.ts',
    "Number.isFinite(value) ? 'a number' : 'a number that is not finite'",
    "'a number'",
    'define-model.test',
  ],
  // Nothing of a model is unseeded, unsaved or left behind.
  ['unseeded-noise.ts', 'drew = true;', '', 'check-parts.test'],
  ['check-parts.ts', 'if (lost)', 'if (lost && model.networks)', 'check-parts.test'],
  ['check-parts.ts', 'if (!trained.has(variable))', 'if (trained.size === 0)', 'check-parts.test'],
  ['check-parts.ts', 'if (shape.length > 0)', 'if (shape.length > 4)', 'check-parts.test'],
  ['check-parts.ts', 'if (taken !== undefined)', "if (taken === 'encoder')", 'check-parts.test'],
  [
    'define-model.ts',
    'Object.values(made()).forEach((variable) => variable.dispose());',
    '',
    'define-model.test',
  ],
  [
    'define-model.ts',
    "if (recipes && !Object.hasOwn(recipes, 'default'))",
    "if (recipes && !('default' in Object(recipes)) && recipes.length)",
    'define-model.test',
  ],
  ['seeded-initializers.ts', 'prototype.apply = unseeded;', '', 'check-parts.test'],
  ['seeded-initializers.ts', 'checkShape(shape);', '', 'check-parts.test'],
  ['define-model.ts', 'if (drew)', 'if (drew && !model!)', 'check-parts.test'],
  // One seed, one stream.
  ['random.ts', 'let key1 = floor(seed / 2 ** 32) >>> 0;', 'let key1 = 0;', 'random.test'],
  ['random.ts', "checkWhole('seed', seed);", '', 'random.test'],
  [
    'random.ts',
    'ceil(tf.util.sizeFromShape(shape) / 4)',
    'floor(tf.util.sizeFromShape(shape) / 4)',
    'random.test',
  ],
  ['parts/noise.ts', 'if (!(rate >= 0 && rate < 1))', 'if (!(rate >= 0))', 'parts/noise.test'],
  ['parts/noise.ts', 'stddev >= 0 && stddev < Infinity', 'stddev < Infinity', 'parts/noise.test'],
  ['parts/noise.ts', 'if (!(keep >= 0 && keep <= 1))', 'if (!(keep >= 0))', 'parts/noise.test'],
]);
