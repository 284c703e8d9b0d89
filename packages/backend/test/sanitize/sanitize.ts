// Builds the C++ under sanitizers and exercises it:
//   address   every operation of every instruction set with random shapes, valid and spoilt calls, the pool of threads
//             under several environments at once, and recorded programs; AddressSanitizer, UndefinedBehaviorSanitizer
//   thread    the same under ThreadSanitizer
//   kernels   the tests of the kernels, by way of the library that Node loads; AddressSanitizer and
//             UndefinedBehaviorSanitizer
//
// npm run check:sanitizers [-- address|thread|kernels …] [calls of each operation]
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const sanitizers = { address: 'address,undefined,float-cast-overflow', thread: 'thread' };
const parts = ['address', 'thread', 'kernels'] as const;
const options = {
  // A size that cannot be had is refused by the operation, as it is without the sanitizer.
  ASAN_OPTIONS: 'allocator_may_return_null=1:max_allocation_size_mb=1024:detect_stack_use_after_return=1',
  UBSAN_OPTIONS: 'print_stacktrace=1',
  TSAN_OPTIONS: 'halt_on_error=1:allocator_may_return_null=1:max_allocation_size_mb=1024',
};
/** Tests that run operations, by their files. */
const kernelTests =
  'test/native/(addon|arrange|binary|choose|conv|matmul|optimizers|pool|random|recorded-.*|reduce|same-bits|unary).test';

const folder = fileURLToPath(new URL('.', import.meta.url));
const packageFolder = fileURLToPath(new URL('../..', import.meta.url));
const given = process.argv.slice(2);
const names = parts.filter(
  (name) => given.includes(name) || !given.some((one) => parts.includes(one as never)),
);
const times = given.find((argument) => Number(argument) > 0) ?? '30';

for (const name of names) {
  const start = performance.now();
  console.log(`${name}:`);
  if (name === 'kernels') testKernels();
  else run(`${build(name, 'driver')}/driver`, [times]);
  console.log(`${name} took ${Math.round((performance.now() - start) / 1000)} s`);
}

/** Makes a file below the folder that is returned. */
function build(sanitizer: keyof typeof sanitizers, file: string, variables: string[] = []): string {
  const out = `${packageFolder}build/sanitize-${sanitizer}`;
  run('make', [
    ...[`-j${availableParallelism()}`, '-s', `SANITIZE=${sanitizers[sanitizer]}`, `OUT=${out}`],
    `NUMERIC=${numericSources()}`,
    `SETS=${process.arch === 'x64' ? 'portable avx2 avx512' : 'portable'}`,
    ...variables,
    `${out}/${file}`,
  ]);
  return out;
}

/** Node itself is not sanitized, so the runtime has to be loaded before it, and what Node leaks is not ours. */
function testKernels(): void {
  const headers = join(dirname(process.execPath), '..', 'include', 'node');
  if (!existsSync(join(headers, 'node_api.h')))
    throw new Error(
      `Cannot build the library: found no node_api.h in ${headers}; install Node with its headers`,
    );
  const library = build('address', 'build/Release/ae_native.node', [`HEADERS=${headers}`]);
  const jest = fileURLToPath(new URL('../../../../node_modules/jest/bin/jest.js', import.meta.url));
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', jest];
  run(
    process.execPath,
    [...flags, '--testTimeout=300000', '--testPathPatterns', kernelTests],
    packageFolder,
    {
      '@AE/BACKEND_PREBUILD': library, // where node-gyp-build looks
      LD_PRELOAD: ['libasan.so', 'libubsan.so'].map(runtime).join(' '),
      ASAN_OPTIONS: `${options.ASAN_OPTIONS}:detect_leaks=0`,
    },
  );
}

function runtime(name: string): string {
  const { stdout } = spawnSync('g++', [`-print-file-name=${name}`], { encoding: 'utf8' });
  return stdout.trim();
}

/** Stems of the files that are compiled once for every instruction set. */
function numericSources(): string {
  const gyp = readFileSync(`${packageFolder}binding.gyp`, 'utf8');
  const list = /'numeric': \[([^\]]*)\]/.exec(gyp)?.[1] ?? '';
  return [...list.matchAll(/native\/([\w-]+)\.cc/g)].map(([, stem]) => stem).join(' ');
}

function run(command: string, args: string[], cwd = folder, environment: NodeJS.ProcessEnv = {}): void {
  const env = { ...process.env, ...options, ...environment };
  const { status, signal, error } = spawnSync(command, args, { cwd, stdio: 'inherit', env });
  if (error) throw new Error(`Cannot run ${command}`, { cause: error });
  if (status !== 0) process.exit(status ?? (console.error(`${command} ended with ${signal}`), 1));
}
