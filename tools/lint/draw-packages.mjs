// Draws the packages and which depend on which, from their package.json files, into docs/packages.svg: the ground at the
// bottom, arrows down, without those that another way of arrows implies. --check fails when the file is out of date.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';

import { root } from './workspace-of.mjs';

const WIDTH = 132;
const HEIGHT = 36;
const [ACROSS, UP, MARGIN] = [156, 84, 16];

const arrows = new Map(['packages', 'apps'].flatMap(workspacesIn).map(dependenciesOf));
const floors = [];
for (const name of [...arrows.keys()].sort()) (floors[floorOf(name)] ??= []).push(name);
const widest = Math.max(...floors.map((names) => names.length));
const [width, height] = [
  2 * MARGIN + widest * ACROSS - (ACROSS - WIDTH),
  2 * MARGIN + (floors.length - 1) * UP + HEIGHT,
];
const places = new Map(
  floors.flatMap((names, floor) =>
    names.map((name, i) => [
      name,
      { x: width / 2 + (i - (names.length - 1) / 2) * ACROSS, y: height - MARGIN - HEIGHT - floor * UP },
    ]),
  ),
);

const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="14" text-anchor="middle">
<title>The packages of @ae: an arrow leads to what a package depends on</title>
<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8Z" fill="#3d5a80"/></marker></defs>
<rect width="${width}" height="${height}" fill="#fff"/>
${[...arrows].flatMap(([name, others]) => others.filter((other) => !isImplied(name, other)).map((other) => arrow(name, other))).join('\n')}
${[...places].map(([name, place]) => box(name, place)).join('\n')}
</svg>
`;
const file = `${root}/docs/packages.svg`;
const isFresh = existsSync(file) && readFileSync(file, 'utf8') === svg;
if (!isFresh && process.argv.includes('--check')) {
  console.error('docs/packages.svg is out of date: run `npm run generate`');
  process.exitCode = 1;
} else if (!isFresh) writeFileSync(file, svg);

function workspacesIn(folder) {
  return readdirSync(`${root}/${folder}`)
    .map((name) => `${root}/${folder}/${name}/package.json`)
    .filter(existsSync);
}

function dependenciesOf(file) {
  const { name, dependencies, peerDependencies } = JSON.parse(readFileSync(file, 'utf8'));
  return [
    name,
    Object.keys({ ...dependencies, ...peerDependencies }).filter((other) => other.startsWith('@ae/')),
  ];
}

function floorOf(name) {
  return Math.max(0, ...arrows.get(name).map((other) => floorOf(other) + 1));
}

function isImplied(name, other) {
  const reaches = (from) => from === other || arrows.get(from).some(reaches);
  return arrows.get(name).some((next) => next !== other && reaches(next));
}

function arrow(from, to) {
  const [start, end] = [places.get(from), places.get(to)];
  const [top, bottom] = [start.y + HEIGHT, end.y - 2];
  const bend = Math.min(40, (bottom - top) / 2);
  const isFar = floorOf(from) - floorOf(to) > 1 && Math.abs(end.x - start.x) > WIDTH / 2;
  const way = isFar // from the side, past what stands between
    ? `M${start.x + (Math.sign(end.x - start.x) * WIDTH) / 2} ${start.y + HEIGHT / 2}Q${end.x} ${start.y + HEIGHT / 2} ${end.x} ${bottom}`
    : `M${start.x} ${top}C${start.x} ${top + bend} ${end.x} ${bottom - bend} ${end.x} ${bottom}`;
  return `<path d="${way}" fill="none" stroke="#3d5a80" stroke-opacity=".6" marker-end="url(#tip)"/>`;
}

function box(name, { x, y }) {
  return `<rect x="${x - WIDTH / 2}" y="${y}" width="${WIDTH}" height="${HEIGHT}" rx="6" fill="#eef3f8" stroke="#3d5a80"/><text x="${x}" y="${y + 23}">${name}</text>`;
}
