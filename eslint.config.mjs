import js from '@eslint/js';
import typescript from 'typescript-eslint';

import { publicDoors } from './tools/lint/public-doors.mjs';
import { vueScripts } from './tools/lint/vue-scripts.mjs';

export default typescript.config(
  {
    ignores: [
      '**/dist/',
      '**/build/',
      '.nx/',
      'runs/',
      'coverage/',
      '**/.vitepress/cache/',
      '**/*.d.ts',
      'packages/models/pretrained/',
    ],
  },
  js.configs.recommended,
  ...typescript.configs.recommended,
  {
    plugins: { ae: { rules: { 'public-doors': publicDoors } } },
    rules: {
      'ae/public-doors': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-properties': [
        'error',
        {
          object: 'Math',
          property: 'random',
          message: 'Randomness is passed in: take a RandomStream or a seed.',
        },
      ],
    },
  },
  {
    files: ['**/*.mjs', '**/*.cjs', '**/*.js'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        require: 'readonly',
        module: 'readonly',
        setTimeout: 'readonly',
        __dirname: 'readonly',
      },
    },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  { files: ['**/*.vue'], processor: vueScripts },
  {
    // A template uses what its script imports and declares; vue-tsc says what is not used.
    files: ['**/*.vue/*.ts'],
    rules: {
      '@typescript-eslint/no-unused-vars': 'off',
      '@typescript-eslint/consistent-type-imports': 'off',
    },
  },
  // Stands alone in a project of a user's.
  { files: ['tools/release-check/project/**'], rules: { 'ae/public-doors': 'off' } },
);
