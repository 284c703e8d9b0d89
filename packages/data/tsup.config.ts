import { build } from '../../tsup.base.js';

export default build(
  { index: 'src/index.ts', node: 'src/node.ts', browser: 'src/browser.ts' },
  { splitting: true },
);
