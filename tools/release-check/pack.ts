import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A package as it would be published. */
export interface Packed {
  name: string;
  /** Of the tarball. */
  file: string;
  bytes: number;
  /** What can be imported: `@ae/viz`, `@ae/viz/node`. */
  doors: string[];
}

/** Pretrained weights are the largest thing in any package. */
const MOST_BYTES = 6e6;

/**
 * Builds every package and packs it into a folder.
 * @throws Error where a tarball is too large, or holds what is not to be published
 */
export function pack(workspace: string, folder: string): Packed[] {
  npm(workspace, 'run', '--silent', 'build');
  return readdirSync(join(workspace, 'packages')).map((directory) => {
    const place = join(workspace, 'packages', directory);
    const { name, exports } = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8'));
    const [{ filename, size, files }] = JSON.parse(
      npm(place, 'pack', '--json', '--pack-destination', folder),
    );
    if (size > MOST_BYTES) throw new Error(`${name} packs to ${size} bytes, expected at most ${MOST_BYTES}`);
    const paths = (files as { path: string }[]).map(({ path }) => path);
    const odd = paths.find((path) => /(^|\/)(test|node_modules|build|runs)\//.test(path));
    if (odd) throw new Error(`${name} would publish ${odd}`);
    for (const needed of ['README.md', 'LICENSE', 'package.json'])
      if (!paths.includes(needed)) throw new Error(`${name} would be published without ${needed}`);
    const doors = Object.keys(exports)
      .filter((door) => door !== './package.json')
      .map((door) => name + door.slice(1));
    return { name, file: join(folder, filename), bytes: size, doors };
  });
}

function npm(cwd: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd, encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (status !== 0) throw new Error(`\`npm ${args.join(' ')}\` ended with ${status}\n${stdout}${stderr}`);
  return stdout;
}
