import { plantedIn } from './planted.js';

export const cli = plantedIn('cli', [
  [
    'exit-code.ts',
    '; cause = cause.cause) {\n    if (cause instanceof StoppedOnRequest)',
    '; cause = undefined) {\n    if (cause instanceof StoppedOnRequest)',
    'exit-code.test',
  ],
  [
    'exit-code.ts',
    'syscall !== undefined && code !== undefined && diskErrors.has(code)',
    'diskErrors.has(code!)',
    'exit-code.test',
  ],
  ['exit-code.ts', 'lossNotFinite: 3', 'lossNotFinite: 1', 'exit-code.test'],
  ['exit-code.ts', 'badData: 65', 'badData: 66', 'exit-code.test'],
  ['exit-code.ts', 'hungUp: 129', 'hungUp: 0', 'exit-code.test'],
]);
