export default {
  projects: ['packages', 'apps', 'tools'].map((folder) => `<rootDir>/${folder}/*/jest.config.mjs`),
  reporters: ['default', '<rootDir>/tools/plain-summary-reporter.mjs'],
  maxWorkers: 2,
  testTimeout: 60_000, // ignored in a project of its own
};
