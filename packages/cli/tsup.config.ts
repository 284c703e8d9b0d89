import { build } from '../../tools/tsup.base.js';

/** A program, not a library: one ES module that loads what a command does only when it runs. */
export default build({ cli: 'src/cli.ts' }, { format: ['esm'], dts: false, splitting: true });
