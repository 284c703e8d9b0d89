/**
 * What the sources of each package may import of ours; arrows run one way (see CONTRIBUTING.md). Tests, and apps and
 * tools, may import what their `package.json` declares.
 */
const below = ['data', 'data-mnist', 'models', 'trainer', 'evaluation', 'viz', 'backend'];

export const mayImport = {
  data: [],
  'data-mnist': ['data'],
  models: [],
  trainer: ['models'],
  evaluation: ['models', 'trainer', 'viz', 'data'],
  viz: [],
  backend: [],
  runs: below,
  cli: [...below, 'runs'],
};
