// npm run release:check
// What a user would get if the packages were published now: packs each of them, installs the tarballs in an empty
// project outside the workspace, and there imports every door, checks types, bundles a page and opens it, weighs what
// a page downloads, and trains from the command line. Takes a few minutes; ends with 1 where something does not hold.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { pack, type Packed } from './pack.js';
import { openPage } from './open-page.js';
import { openWebpackPage } from './open-webpack-page.js';
import { weigh } from './weigh.js';

const workspace = fileURLToPath(new URL('../../', import.meta.url));
const versions = JSON.parse(readFileSync(join(workspace, 'package-lock.json'), 'utf8')).packages;
const versionOf = (name: string): string => versions[`node_modules/${name}`].version;
/** Only here: nothing of the workspace is bundled with it. */
const WEBPACK = 'webpack@5.113.0';

const project = mkdtempSync(join(tmpdir(), 'ae-release-'));
const packages = await step('pack', () => packAll());
await step('install', () => install());
await step('import every door from ESM and CommonJS', () => importDoors());
for (const resolution of ['node16', 'nodenext', 'bundler'])
  await step(`check types under ${resolution}`, () => checkTypes(resolution));
await step('bundle a page and open it', async () => {
  run('npx', 'vite', 'build', 'page', '--outDir', '../page-dist', '--logLevel', 'warn');
  return openPage(join(project, 'page-dist'));
});
await step('bundle a page and its worker with webpack, without a warning, and open it', () => {
  run('node', 'bundle-with-webpack.mjs');
  return openWebpackPage(join(project, 'webpack-dist'));
});
await step('weigh what a page downloads', () => weigh(project));
await step('train from the command line', () => trainFromShell());
rmSync(project, { recursive: true, force: true });

function packAll(): [Packed[], string] {
  const found = pack(workspace, project);
  return [found, found.map(({ name, bytes }) => `${name} ${(bytes / 1024).toFixed(0)} KiB`).join(', ')];
}

function install(): [void, string] {
  cpSync(new URL('project/', import.meta.url), project, { recursive: true });
  writeFileSync(join(project, 'package.json'), '{ "name": "consumer", "private": true }\n');
  const others = ['@tensorflow/tfjs', '@types/node', 'typescript', 'vite'];
  const tarballs = packages.map(({ file }) => file);
  run(
    'npm',
    'install',
    '--no-audit',
    '--no-fund',
    ...tarballs,
    ...others.map((name) => `${name}@${versionOf(name)}`),
    WEBPACK,
  );
  const twice = run('npm', 'ls', '--all', '--parseable', '@tensorflow/tfjs-core').trim().split('\n');
  if (twice.length !== 1)
    throw new Error(`found @tensorflow/tfjs-core ${twice.length} times, expected one for all packages`);
  return [undefined, `${packages.length} tarballs, one TensorFlow.js`];
}

function importDoors(): [void, string] {
  const doors = packages.flatMap((one) => one.doors);
  const [esm, cjs] = ['doors.mjs', 'doors.cjs'].map((file) => JSON.parse(run('node', file, ...doors)));
  for (const door of doors) {
    const [imported, required] = [esm[door].join(), cjs[door].join()];
    if (imported === '' || imported !== required)
      throw new Error(
        `${door} gives ${imported || 'nothing'} to import and ${required || 'nothing'} to require`,
      );
  }
  return [undefined, doors.map((door) => `${door} (${esm[door].length})`).join(', ')];
}

function checkTypes(resolution: string): [void, string] {
  const isBundler = resolution === 'bundler';
  const files = isBundler ? ['consumer.ts'] : ['consumer.mts', 'consumer.cts'];
  for (const file of files) cpSync(join(project, 'page/program.ts'), join(project, file));
  const compilerOptions = {
    ...{ strict: true, noEmit: true, target: 'es2022', lib: ['es2023', 'dom'], types: ['node'] },
    ...{ module: isBundler ? 'esnext' : resolution, moduleResolution: resolution, skipLibCheck: true },
  };
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
  run('npx', 'tsc', '-p', '.');
  return [undefined, files.join(' and ')];
}

function trainFromShell(): [void, string] {
  run('npx', 'ae', 'doctor');
  run('npx', 'ae', 'train', 'vae', '--data', 'digits', '--epochs', '1', '--out', 'run');
  if (!existsSync(join(project, 'run/report.html'))) throw new Error('found no run/report.html');
  const { metrics, backend } = JSON.parse(readFileSync(join(project, 'run/run.json'), 'utf8'));
  return [undefined, `backend ${backend.name}, test loss ${metrics.test.loss.toFixed(1)}`];
}

/** Runs one part; says how long it took and what it found, or leaves the project to be looked at and ends. */
async function step<Found>(
  name: string,
  work: () => [Found, string] | Promise<[Found, string]>,
): Promise<Found> {
  const start = performance.now();
  try {
    const [found, text] = await work();
    console.log(`✓ ${name} (${((performance.now() - start) / 1000).toFixed(1)} s): ${text}`);
    return found;
  } catch (error) {
    console.error(`✗ ${name}: ${(error as Error).message}\n  the project is left in ${project}`);
    process.exit(1);
  }
}

/** Runs a program in the project, without anything of the workspace around it; gives what it printed. */
function run(command: string, ...args: string[]): string {
  mkdirSync(join(project, 'home'), { recursive: true });
  const { PATH, HOME } = process.env;
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: project,
    encoding: 'utf8',
    env: { PATH, HOME, XDG_CACHE_HOME: join(project, 'home'), CI: '1' },
    maxBuffer: 2 ** 26,
  });
  if (status !== 0)
    throw new Error(
      `\`${command} ${args.join(' ')}\` ended with ${error?.message ?? status}\n${stdout ?? ''}${stderr ?? ''}`,
    );
  return stdout;
}
