import { plantedIn } from './planted.js';

export const data = plantedIn('data', [
  // Files of unknown origin are read with care.
  [
    'idx/unpack.ts',
    'if (header.length > limit) throw tooLong(file, header.shape, header.length, limit);',
    '',
    'unpack.test',
  ],
  [
    'idx/unpack.ts',
    'if (length > options.limit) throw tooLong(options.file, shape, length, options.limit);',
    '',
    'unpack.test',
  ],
  ['idx/unpack.ts', 'if (target || start.length > header.length)', 'if (target)', 'unpack.test'],
  ['idx/unpack.ts', 'if (filled < target.length) throw', 'if (filled > target.length) throw', 'unpack.test'],
  ['idx/header.ts', 'if (bytes.length > header.length) throw', 'if (bytes.length < 0) throw', 'idx.test'],
  ['idx/header.ts', 'if (!size || dimensions === 0)', 'if (!size)', 'idx.test'],
  [
    'node/regular-file.ts',
    'constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)',
    'constants.O_RDONLY',
    'regular-file.test',
  ],
  ['node/regular-file.ts', 'if (!status.isFile())', 'if (status.isDirectory())', 'regular-file.test'],
  ['node/regular-file.ts', 'if (size > limit)', 'if (size < 0)', 'regular-file.test'],
  // One seed, one order.
  [
    'split-validation.ts',
    'randomNumbers(validationSeed, 0, 1)',
    'randomNumbers(0, 0, 1)',
    'split-validation.test',
    'draws',
  ],
  ['split-validation.ts', ' || validationCount >= count', '', 'split-validation.test'],
  [
    'split-validation.ts',
    'if (!(validationShare >= 0 && validationShare < 1))',
    'if (!(validationShare >= 0))',
    'split-validation.test',
  ],
  ['batches.ts', 'shuffledOrder(count, seed, n)', 'shuffledOrder(count, seed, 0)', 'batches.test'],
  ['batches.ts', ' || fromBatch > length', '', 'batches.test'],
  [
    'check-examples.ts',
    'if (list && list.length !== count)',
    'if (list && list.length > count)',
    'batches.test',
  ],
  // What comes in is checked once.
  ['check-examples.ts', 'if (values.length !== expected)', 'if (values.length < expected)', 'batches.test'],
  ['from-array.ts', '!Number.isFinite(value)', 'Number.isNaN(value)', 'from-array.test'],
  ['from-array.ts', ' || label >= below)', ')', 'from-array.test'],
  // The training part's scaling, and no other's.
  ['examples.ts', 'BYTES_PER_ELEMENT === 4 ? 1 : 255', '1', 'scaling.test', 'bytes as'],
  ['split-examples.ts', 'randomNumbers(seed, 0, 2)', 'randomNumbers(0, 0, 2)', 'split-examples.test', 'seed'],
  ['windows.ts', 'Math.floor((steps - length) / stride) + 1', 'Math.ceil(steps / stride)', 'windows.test'],
]);
