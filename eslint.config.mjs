import js from '@eslint/js';
import typescript from 'typescript-eslint';

/** What each package may import of ours; arrows run one way (see CONTRIBUTING.md). */
const mayImport = {
  data: [],
  'data-mnist': ['data'],
  models: [],
  trainer: ['models'],
  viz: [],
  backend: [],
  cli: ['data', 'data-mnist', 'models', 'trainer', 'viz', 'backend'],
};
const everything = Object.keys(mayImport);

const oneWayImports = everything.map((name) => ({
  files: [`packages/${name}/src/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: everything
          .filter((other) => !mayImport[name].includes(other))
          .map((other) => ({
            regex: `^@ae/${other}(/|$)`,
            message:
              other === name
                ? 'A package imports its own files by relative path.'
                : `@ae/${name} may import ${mayImport[name].map((n) => `@ae/${n}`).join(', ') || 'no package of ours'}.`,
          })),
      },
    ],
  },
}));

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
    rules: {
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
  ...oneWayImports,
);
