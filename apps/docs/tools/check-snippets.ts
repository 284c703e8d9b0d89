// Type-checks the programs of all pages against the packages' sources, so that a changed public name breaks the build.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { blocksOf, pages } from './pages.js';

const workspace = new URL('../../../', import.meta.url);
const folder = new URL('node_modules/.snippets/docs/', workspace); // from where the packages are found
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

const programs = pages().filter((page) => blocksOf(page, 'ts').length > 0);
for (const page of programs)
  writeFileSync(new URL(`${page.path.replaceAll('/', '-')}.mts`, folder), blocksOf(page, 'ts').join('\n'));
const tsconfig = {
  extends: '../../../tools/tsconfig.base.json',
  compilerOptions: { types: ['node'], lib: ['ES2023', 'DOM'] },
  include: ['*.mts'],
};
writeFileSync(new URL('tsconfig.json', folder), JSON.stringify(tsconfig));

const { status } = spawnSync(
  process.execPath,
  [fileURLToPath(new URL('node_modules/typescript/bin/tsc', workspace)), '-p', fileURLToPath(folder)],
  { stdio: 'inherit' },
);
if (status !== 0)
  console.error('Cannot build the docs: the code of a page does not fit the packages, see above');
else console.log(`${programs.length} pages have code that fits the packages`);
process.exit(status ?? 1);
