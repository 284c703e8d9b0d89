import { defineConfig, type Options } from 'tsup';

/** A package is built to ESM, CommonJS and types, one file a door; everything it imports stays external. */
export const build = (entry: Record<string, string>, options: Options = {}) =>
  defineConfig({
    entry,
    format: ['esm', 'cjs'],
    target: 'es2022',
    dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
    clean: true,
    sourcemap: true,
    treeshake: true,
    shims: true,
    ...options,
  });
