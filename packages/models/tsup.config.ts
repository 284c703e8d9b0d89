import { build } from '../../tools/tsup.base.js';

// Split, so that each model's pretrained weights stay in a file of their own that is loaded when asked for.
export default build({ index: 'src/index.ts', pretrained: 'src/pretrained-weights.ts' }, { splitting: true });
