import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, describe, expect, test } from '@jest/globals';

import { files, importsOfFiles } from '../imports.mjs';
import { root, workspaceOf } from '../workspace-of.mjs';

const folder = mkdtempSync(join(tmpdir(), 'ae-nx-'));
afterAll(() => rmSync(folder, { recursive: true }));

const arrows = importsOfFiles();
const kept = new Set(files());
const projects = projectsOfGraph();

describe('the graph of nx', () => {
  test.each(Object.keys(projects))(
    'has of %s the imports of its code and of its pages, and no others',
    (name) => {
      const isOther = (other) => other in projects && other !== name;
      const byCode = filesOf(name)
        .flatMap((file) => arrows.get(file))
        .map(ownerOf)
        .filter(isOther);
      const byPages = [...kept]
        .filter((file) => file.endsWith('.md') && ownerOf(file) === name)
        .flatMap(shownIn)
        .filter(isOther);
      const { dependencies } = projects[name];
      expect(dependencies).toEqual(expect.arrayContaining(byCode));
      expect(dependencies.filter((other) => ![...byCode, ...byPages].includes(other))).toEqual([]);
    },
  );
});

describe('a cached check', () => {
  const targets = Object.keys(projects).flatMap((name) =>
    ['typecheck', 'test'].map((target) => `${name}:${target}`),
  );

  test.each(targets)(
    '%s is made again when a file changes that it reaches or reads',
    async (target) => {
      const inputs = await inputsOf(target);
      const own = filesOf(target.split(':')[0]);
      const read = target.endsWith(':test') ? own.flatMap(readBy) : [];
      expect([...reachedFrom(own), ...read].filter((file) => !inputs.has(file))).toEqual([]);
    },
    60_000,
  );

  test.each([
    [
      'packages/cli/src/commands/train.ts',
      ['@ae/docs:generate', '@ae/docs:build', '@ae/docs:test', '@ae/cli:build'],
    ],
    [
      'packages/trainer/src/optimizer.ts',
      ['@ae/docs:snippets', '@ae/docs:typecheck', '@ae/cli:typecheck', '@ae/cli:test'],
    ],
  ])(
    '%s invalidates what depends on it',
    async (file, targets) => {
      for (const target of targets) expect([...(await inputsOf(target))]).toContain(file);
    },
    60_000,
  );
});

/** The projects of nx, with their folders and the other projects that they depend on. */
function projectsOfGraph() {
  const file = join(folder, 'graph.json');
  execFileSync('npx', ['nx', 'graph', `--file=${file}`], { cwd: root, stdio: 'ignore' });
  const { nodes, dependencies } = JSON.parse(readFileSync(file, 'utf8')).graph;
  return Object.fromEntries(
    Object.entries(nodes).map(([name, { data }]) => [
      name,
      {
        folder: data.root,
        dependencies: dependencies[name].map(({ target }) => target).filter((target) => target in nodes),
      },
    ]),
  );
}

function filesOf(name) {
  return [...arrows.keys()].filter((file) => ownerOf(file) === name);
}

function ownerOf(file) {
  return workspaceOf(`${root}/${file}`).manifest.name;
}

/** The packages that the programs of a page import. */
function shownIn(page) {
  return [...readFileSync(`${root}/${page}`, 'utf8').matchAll(/ from '(@ae\/[\w-]+)/g)].map(
    ([, name]) => name,
  );
}

/** What is generated is no input; what it is made of is. */
function reachedFrom(own) {
  const reached = new Set(own);
  for (const file of reached)
    for (const next of arrows.get(file) ?? []) if (kept.has(next)) reached.add(next);
  return reached;
}

/** Files of the workspace that a file names as `new URL('…', import.meta.url)`. */
function readBy(file) {
  const text = readFileSync(`${root}/${file}`, 'utf8');
  return [...text.matchAll(/new URL\(\s*'(\.[^']+)',\s*import\.meta\.url/g)]
    .map(([, path]) => relative(root, resolve(root, dirname(file), path)))
    .filter((path) => kept.has(path));
}

/** Every file that nx hashes for a target. */
async function inputsOf(target) {
  const { stdout } = await promisify(execFile)('npx', ['nx', 'show', 'target', 'inputs', target, '--json'], {
    cwd: root,
    maxBuffer: 2 ** 26,
  });
  return new Set(JSON.parse(stdout).files);
}
