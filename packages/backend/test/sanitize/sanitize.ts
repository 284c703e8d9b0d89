// Builds the native operations under AddressSanitizer with UndefinedBehaviorSanitizer, and under ThreadSanitizer, and
// exercises them: every operation of every instruction set with random shapes, valid and spoilt calls, the pool of
// threads under several environments at once, and recorded programs.
//
// npm run sanitize -w @ae/backend [-- address|thread] [calls of each operation]
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

const builds = { address: 'address,undefined,float-cast-overflow', thread: 'thread' };
const options = {
  // A size that cannot be had is refused by the operation, as it is without the sanitizer.
  ASAN_OPTIONS: 'allocator_may_return_null=1:max_allocation_size_mb=1024:detect_stack_use_after_return=1',
  UBSAN_OPTIONS: 'print_stacktrace=1',
  TSAN_OPTIONS: 'halt_on_error=1:allocator_may_return_null=1:max_allocation_size_mb=1024',
};

const folder = fileURLToPath(new URL('.', import.meta.url));
const packageFolder = fileURLToPath(new URL('../..', import.meta.url));
const given = process.argv.slice(2);
const names = (Object.keys(builds) as (keyof typeof builds)[]).filter(
  (name) => given.includes(name) || !given.some((argument) => argument in builds),
);
const times = given.find((argument) => Number(argument) > 0) ?? '30';

for (const name of names) {
  const out = `${packageFolder}build/sanitize-${name}`;
  const sets = process.arch === 'x64' ? 'portable avx2 avx512' : 'portable';
  run('make', [
    `-j${availableParallelism()}`,
    '-s',
    `SANITIZE=${builds[name]}`,
    `OUT=${out}`,
    `NUMERIC=${numericSources()}`,
    `SETS=${sets}`,
  ]);
  console.log(`${builds[name]}:`);
  run(`${out}/driver`, [times]);
}

/** Stems of the files that are compiled once for every instruction set. */
function numericSources(): string {
  const gyp = readFileSync(`${packageFolder}binding.gyp`, 'utf8');
  const list = /'numeric': \[([^\]]*)\]/.exec(gyp)?.[1] ?? '';
  return [...list.matchAll(/native\/([\w-]+)\.cc/g)].map(([, stem]) => stem).join(' ');
}

function run(command: string, given: string[]): void {
  const { status, signal, error } = spawnSync(command, given, {
    cwd: folder,
    stdio: 'inherit',
    env: { ...process.env, ...options },
  });
  if (error) throw new Error(`Cannot run ${command}`, { cause: error });
  if (status !== 0) process.exit(status ?? (console.error(`${command} ended with ${signal}`), 1));
}
