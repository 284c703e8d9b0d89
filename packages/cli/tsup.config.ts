import { build } from '../../tsup.base.js';

/** ES modules that load what a command does only when it runs. */
export default build(
  { cli: 'src/cli.ts', program: 'src/door.ts' },
  {
    format: ['esm'],
    dts: { entry: { program: 'src/door.ts' }, compilerOptions: { ignoreDeprecations: '6.0' } },
    splitting: true,
  },
);
