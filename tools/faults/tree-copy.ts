import { execFileSync, spawn } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** No test that is asked for here takes so long on a busy machine. */
const PATIENCE = 120_000;
/** Milliseconds that Jest may take to end after its last word. */
const GRACE = 5000;

/** How tests ended. */
export interface Tested {
  passed: boolean;
  /** Whether a test failed, or had to be ended, rather than a file that could not be run. */
  noticed: boolean;
  output: string;
}

/** The sources in a folder of their own, in which they may be changed; what is installed and built is shared. */
export interface TreeCopy {
  read(file: string): string;
  write(file: string, text: string): void;
  /** Runs Jest there. */
  test(args: readonly string[]): Promise<Tested>;
}

export function copyTree(folder: string): TreeCopy {
  const listed = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const files = execFileSync('git', listed, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 }).split('\0');
  for (const file of files) {
    if (file === '' || !existsSync(join(root, file))) continue;
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    copyFileSync(join(root, file), join(folder, file));
  }
  linkModules(folder);
  return {
    read: (file) => readFileSync(join(folder, file), 'utf8'),
    write: (file, text) => writeFileSync(join(folder, file), text),
    test: (args) => runJest(folder, args),
  };
}

/** Our own packages lead into the copy, by the same relative links; all others to where they are. */
function linkModules(folder: string): void {
  const [from, to] = [join(root, 'node_modules'), join(folder, 'node_modules')];
  mkdirSync(join(to, '@ae'), { recursive: true });
  for (const name of readdirSync(from))
    if (name !== '@ae' && name !== '.snippets') symlinkSync(join(from, name), join(to, name));
  for (const name of readdirSync(join(from, '@ae')))
    symlinkSync(readlinkSync(join(from, '@ae', name)), join(to, '@ae', name));
  for (const name of readdirSync(join(root, 'packages')))
    for (const part of ['node_modules', 'build']) {
      const shared = join(root, 'packages', name, part);
      if (existsSync(shared)) symlinkSync(shared, join(folder, 'packages', name, part));
    }
}

function runJest(folder: string, args: readonly string[]): Promise<Tested> {
  const jest = join(folder, 'node_modules/jest/bin/jest.js');
  const own = ['--runInBand', '--forceExit', `--cacheDirectory=${join(folder, '.jest')}`];
  const child = spawn(
    process.execPath,
    ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', jest, ...own, ...args],
    { cwd: folder, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  return new Promise((resolve, reject) => {
    let hung = false;
    const end = (isHung: boolean) => {
      hung = isHung;
      process.kill(-child.pid!, 'SIGKILL'); // and what the tests have started
    };
    let timer = setTimeout(end, PATIENCE, true);
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        if (!/^Ran all test suites/m.test(output)) return;
        clearTimeout(timer);
        timer = setTimeout(end, GRACE, false); // what a test was made to wait for may keep the process
      });
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      const failed = /^Tests: .*\d+ failed/m.test(output);
      resolve({ passed: code === 0, noticed: hung || failed, output });
    });
  });
}
