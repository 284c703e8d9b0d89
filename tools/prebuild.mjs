// Compiles the native kernels for this platform and puts them where the package carries them,
// packages/backend/prebuilds/<platform>-<arch>/, so that whoever installs it needs no compiler. Run once on each
// platform before publishing: `node tools/prebuild.mjs`.
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../packages/backend/', import.meta.url));
const musl = process.platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime;
const tags = ['ae_native', 'napi', ...(process.platform === 'linux' ? [musl ? 'musl' : 'glibc'] : [])];
const target = join(folder, 'prebuilds', `${process.platform}-${process.arch}`);

// In a copy, so that the library in use stays as it is.
const copy = mkdtempSync(join(tmpdir(), 'ae-prebuild-'));
try {
  for (const name of ['native', 'binding.gyp', 'package.json'])
    cpSync(join(folder, name), join(copy, name), { recursive: true });
  // The C++ runtime goes in, because the one of another system may be older.
  run(process.execPath, [join(copy, 'native', 'install.mjs')], { GYP_DEFINES: 'static_runtime=1' });
  const built = join(copy, 'build', 'Release', 'ae_native.node');
  if (!existsSync(built))
    throw new Error(`Cannot prebuild: nothing was compiled, expected a library${logOf(copy)}`);

  mkdirSync(target, { recursive: true });
  const file = join(target, `${tags.join('.')}.node`);
  copyFileSync(built, file);
  run('strip', process.platform === 'darwin' ? ['-x', file] : ['--strip-unneeded', file]);
  createRequire(import.meta.url)(file);
  console.log(`${file} (${Math.round(statSync(file).size / 1024)} KiB)`);
} finally {
  rmSync(copy, { recursive: true });
}

/** What the compiler said, if it was asked. */
function logOf(copy) {
  const log = join(copy, 'build', 'build.log');
  return existsSync(log) ? `\n${readFileSync(log, 'utf8')}` : '';
}

function run(command, args, environment = {}) {
  const { status, error } = spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  if (status !== 0)
    throw new Error(`Cannot run ${command}: found ${error?.message ?? `exit code ${status}`}, expected 0`);
}
