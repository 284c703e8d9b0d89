import { fileURLToPath } from 'node:url';

/** One package's jest project: ES modules, TypeScript through esbuild, packages resolved to their sources. */
export const project = (displayName, overrides = {}) => ({
  displayName,
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@ae/source', 'node', 'node-addons'] },
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': fileURLToPath(new URL('jest-esbuild.mjs', import.meta.url)) },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': ['$1.ts', '$1.js'] },
  // Jest looks every global up through its sandbox; inside tfjs's loops that costs ten times the arithmetic.
  sandboxInjectedGlobals: ['Math'],
  testTimeout: 60_000,
  ...overrides,
});
