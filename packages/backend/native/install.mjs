// Compiles the native kernels when the package is installed, with nothing downloaded. Where that cannot be, it says
// so in one line, leaves the reason for `ae doctor`, and the installation goes on: other backends do the work then.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = dirname(dirname(fileURLToPath(import.meta.url)));
const build = join(folder, 'build');
const stamp = join(build, 'built-from.txt');
const works = (path) => {
  try {
    createRequire(import.meta.url)(path);
    return true;
  } catch {
    return false;
  }
};

const identity = fingerprint();
if (!alreadyThere()) {
  const reason = compile();
  mkdirSync(build, { recursive: true });
  if (reason) {
    writeFileSync(join(build, 'not-built.txt'), `${reason}\n`);
    console.log(
      `@ae/backend: the native kernels were not compiled (${reason}); another backend will be used`,
    );
  } else writeFileSync(stamp, identity);
}

/** A prebuilt library that loads here, or one compiled from these very sources. */
function alreadyThere() {
  const own = join(folder, 'build', 'Release', 'ae_native.node');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === identity && works(own)) return true;
  try {
    process.env.PREBUILDS_ONLY = '1'; // read when node-gyp-build is loaded
    const { path } = createRequire(import.meta.url)('node-gyp-build');
    return works(path(folder));
  } catch {
    return false;
  }
}

function fingerprint() {
  const hash = createHash('sha256').update(`${process.version} ${process.arch}`);
  for (const file of [
    join(folder, 'binding.gyp'),
    ...readdirSync(join(folder, 'native')).map((name) => join(folder, 'native', name)),
  ])
    hash.update(readFileSync(file));
  return hash.digest('hex');
}

/** Nothing where it worked, else why not. */
function compile() {
  const gyp = nodeGyp();
  const headers = headersFolder();
  if (!runs(process.env.CXX ?? 'g++') && !runs('clang++') && !runs('c++'))
    return 'no C++ compiler, such as g++, was found';
  if (!runs('make')) return 'make was not found';
  if (!runs(process.env.PYTHON ?? 'python3')) return 'Python 3, which node-gyp needs, was not found';
  if (!gyp) return 'node-gyp, which comes with npm, was not found';
  if (!headers) return `the C headers of Node ${process.version} were not found beside ${process.execPath}`;
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    [gyp, 'rebuild', `--nodedir=${headers}`, '--jobs=max'],
    { cwd: folder, encoding: 'utf8', timeout: 900_000, maxBuffer: 2 ** 27 },
  );
  mkdirSync(build, { recursive: true });
  const log = join(build, 'build.log');
  writeFileSync(log, `${stdout ?? ''}${stderr ?? ''}${error ? `${error.message}\n` : ''}`);
  if (status !== 0) return `compiling failed, see ${log}`;
  return works(join(build, 'Release', 'ae_native.node'))
    ? undefined
    : `what was compiled does not load, see ${log}`;
}

function runs(command) {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;
}

/** npm names its own node-gyp to install scripts; outside of npm it lies beside node. */
function nodeGyp() {
  const candidates = [
    process.env.npm_config_node_gyp,
    process.env.npm_execpath &&
      join(dirname(process.env.npm_execpath), '..', 'node_modules', 'node-gyp', 'bin', 'node-gyp.js'),
    join(
      dirname(process.execPath),
      '..',
      'lib',
      'node_modules',
      'npm',
      'node_modules',
      'node-gyp',
      'bin',
      'node-gyp.js',
    ),
  ];
  return candidates.find((path) => path && existsSync(path));
}

/** Where include/node is, so that node-gyp need not fetch it. */
function headersFolder() {
  const candidates = [process.env.npm_config_nodedir, join(dirname(process.execPath), '..')];
  return candidates.find((path) => path && existsSync(join(path, 'include', 'node', 'node_api.h')));
}
