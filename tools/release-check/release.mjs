// npm run release [-- --publish]
// Says of every public package what would be published, as `npm pack` makes it, and what stands in the way; ends with 1
// where something does. --publish then publishes what has a new version, by changesets.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const run = (command, args, options) =>
  execFileSync(command, args, { cwd: root, encoding: 'utf8', ...options });

const packages = readdirSync(`${root}packages`)
  .map((name) => ({
    folder: `packages/${name}`,
    ...JSON.parse(readFileSync(`${root}packages/${name}/package.json`, 'utf8')),
  }))
  .filter((manifest) => !manifest.private);
const faults = packages.flatMap(faultsOf);
const homeless = packages.filter(({ repository }) => !repository).map(({ name }) => name);
if (homeless.length > 0)
  faults.push(`set "repository" in package.json to where this is hosted: ${homeless.join(', ')}`);
const pending = readdirSync(`${root}.changeset`).filter(
  (file) => file.endsWith('.md') && file !== 'README.md',
);
if (pending.length > 0)
  faults.push(`${pending.length} changesets are not in a version yet: run \`npx changeset version\``);

for (const { name, folder } of packages) {
  const [{ version, entryCount, size }] = JSON.parse(
    run('npm', ['pack', '--dry-run', '--json', `./${folder}`], { stdio: ['ignore', 'pipe', 'ignore'] }),
  );
  console.log(`${name} ${version}: ${entryCount} files, ${(size / 1024).toFixed(0)} KiB`);
}
for (const fault of faults) console.log(`not ready: ${fault}`);
if (faults.length > 0) process.exitCode = 1;
else if (process.argv.includes('--publish')) run('npx', ['changeset', 'publish'], { stdio: 'inherit' });
else console.log('ready; nothing was published: `npm run release -- --publish` does');

function faultsOf({ name, version, folder }) {
  const changes = `${root}${folder}/CHANGELOG.md`;
  return [
    !(existsSync(changes) && readFileSync(changes, 'utf8').includes(`\n## ${version}\n`)) &&
      `${name}: CHANGELOG.md has no part for ${version}`,
    !existsSync(`${root}${folder}/dist`) && `${name}: nothing is built`,
  ].filter(Boolean);
}
