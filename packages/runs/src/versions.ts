import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** What a run was made with. */
export const versions = () => ({
  ae: versionOf('../package.json'),
  node: process.versions.node,
  tfjs: versionOf('@tensorflow/tfjs/package.json'),
});

const versionOf = (path: string): string => (require(path) as { version: string }).version;
