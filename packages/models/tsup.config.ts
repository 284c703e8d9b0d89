import { build } from '../../tsup.base.js';

// Pretrained weights stay where they are, because they are large and both module systems can import them there.
export default build(
  { index: 'src/index.ts', plain: 'src/plain.ts', pretrained: 'src/pretrained-weights.ts' },
  { splitting: true, external: [/^\.\.\/pretrained\//] },
);
