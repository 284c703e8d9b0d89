// Reads who imports whom, types, tests and components included. Ends with 1 where files or packages import each other
// in a circle, and where a source has grown too long to be one idea.
import { readFileSync } from 'node:fs';

import { circles } from './circles.mjs';
import { files, importsOfFiles } from './imports.mjs';
import { root } from './workspace-of.mjs';

const arrows = importsOfFiles();
const faults = [
  ...circles(arrows).map((circle) => `a circle of files: ${circle.join(', ')}`),
  ...circles(betweenHouses(arrows)).map((circle) => `a circle of packages: ${circle.join(', ')}`),
  ...files().flatMap(tooLong),
];
for (const fault of faults) console.error(fault);
console.log(`${arrows.size} files, ${[...arrows.values()].flat().length} arrows, ${faults.length} faults`);
process.exitCode = faults.length > 0 ? 1 : 0;

/** The same arrows from one package, app or folder of tools to another. */
function betweenHouses(arrows) {
  const between = new Map();
  for (const [file, targets] of arrows) {
    const [home, others] = [houseOf(file), targets.map(houseOf)];
    between.set(home, [...(between.get(home) ?? []), ...others.filter((other) => other !== home)]);
  }
  return between;
}

/** What lies right in tools/ or at the root is shared by all and stands below them: each file a house of its own. */
function houseOf(file) {
  return /^((packages|apps)\/[^/]+|tools\/[^/]+$|[^/]+(?=\/))/.exec(file)?.[0] ?? file;
}

function tooLong(file) {
  const most = /\.(cc|h)$/.test(file) ? 400 : /\.(ts|mts|mjs|cjs|js|vue)$/.test(file) ? 220 : Infinity;
  if (most === Infinity || /\/test\//.test(file) || file.startsWith('packages/models/pretrained/')) return [];
  const lines = readFileSync(`${root}/${file}`, 'utf8').split('\n').length - 1;
  return lines > most ? [`${file} has ${lines} lines, expected at most ${most}`] : [];
}
