import { build } from '../../tsup.base.js';

/** ES modules in pieces, so that drawing and own code are loaded only where they are used. */
export default build({ index: 'src/index.ts', text: 'src/text.ts' }, { format: ['esm'], splitting: true });
