import { plantedIn } from './planted.js';

export const evaluation = plantedIn('evaluation', [
  [
    'diagnose-code.ts',
    'const NO_INFORMATION = 0.05;',
    'const NO_INFORMATION = 0.0005;',
    'diagnose-code.test',
  ],
  [
    'diagnose-code.ts',
    'if (!codes.values.every(Number.isFinite))',
    'if (codes.values.length === 0)',
    'diagnose-code.test',
  ],
  [
    'pca-baselines.ts',
    'if (`${test.shape}` !== `${train.shape}` || unit !== unitOfTest)',
    'if (unit !== unitOfTest)',
    'pca-baseline.test',
    'refuses',
  ],
  ['diagnose-code.ts', 'const ACTIVE_VARIANCE = 0.01;', 'const ACTIVE_VARIANCE = 0.3;', 'diagnose-code.test'],
  ['diagnose-code.ts', 'const ACTIVE_SHARE = 1e-3;', 'const ACTIVE_SHARE = 1e-9;', 'diagnose-code.test'],
  ['diagnose-code.ts', 'const NO_BETTER = 0.98;', 'const NO_BETTER = 1.2;', 'diagnose-code.test'],
  ['diagnose-code.ts', 'const STILL = 1e-6;', 'const STILL = 0;', 'diagnose-code.test'],
  ['diagnose-code.ts', 'if (codes.count < 2) return [];', '', 'diagnose-code.test'],
  ['diagnose-code.ts', 'if (active >= 2) return [];', 'if (active >= 1) return [];', 'diagnose-code.test'],
  ['pca-baselines.ts', 'if (count < 1 || count > values)', 'if (count < 1)', 'pca-baseline.test', 'refuses'],
  ['pca-baselines.ts', ' / values / unit ** 2', ' / values', 'pca-baseline.test'],
]);
