// Bundles webpack/page.mjs and its worker; whatever webpack warns of ends it with 1.
import { mkdirSync, writeFileSync } from 'node:fs';
import webpack from 'webpack';

const path = new URL('webpack-dist', import.meta.url).pathname;
const compiler = webpack({
  mode: 'production',
  entry: './webpack/page.mjs',
  output: { path },
  performance: { hints: false }, // TensorFlow.js is large
});
mkdirSync(path, { recursive: true });
writeFileSync(
  `${path}/index.html`,
  '<!doctype html><link rel="icon" href="data:," /><body><script src="main.js"></script></body>',
);
compiler.run((error, stats) => {
  if (error) throw error;
  const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true });
  for (const { message } of [...errors, ...warnings]) console.error(message);
  process.exitCode = errors.length + warnings.length > 0 ? 1 : 0;
});
