import { build } from '../../tools/tsup.base.js';

export default build({ cli: 'src/cli.ts' });
