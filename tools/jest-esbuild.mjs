import { transformSync } from 'esbuild';

export default {
  process: (source, sourcefile) =>
    transformSync(source, { sourcefile, loader: 'ts', format: 'esm', target: 'node20', sourcemap: 'inline' }),
};
