// Writes what the pages read from the packages, so that it is true and nobody types it: the zoo, the help texts of
// `ae`, the kept runs' figures on a light and on a dark ground, and the decisions as pages.
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';

import { zoo, type ModelDefinition } from '@ae/models';
import { exampleKinds, figures } from '@ae/viz';

import { createProgram } from '@ae/cli/program';
import { onDarkGround } from './dark-figure.js';

const root = new URL('../', import.meta.url);
const generated = new URL('.vitepress/generated/', root);
const published = new URL('public/runs/', root);

mkdirSync(generated, { recursive: true });
const models = Object.values(zoo as unknown as Record<string, ModelDefinition>);
write('zoo.json', Object.fromEntries(models.map(({ build: _, ...model }) => [model.name, model])));
write('figures.json', { names: Object.keys(figures), kinds: exampleKinds });
write(
  'commands.json',
  createProgram().commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    help: helpOf(command),
  })),
);

rmSync(published, { recursive: true, force: true });
for (const run of readdirSync(new URL('runs/', root), { withFileTypes: true })) {
  if (!run.isDirectory()) continue;
  const from = new URL(`runs/${run.name}/`, root);
  const to = new URL(`${run.name}/`, published);
  mkdirSync(to, { recursive: true });
  for (const file of readdirSync(from).filter((name) => name.endsWith('.svg'))) {
    const svg = readFileSync(new URL(file, from), 'utf8');
    writeFileSync(new URL(file, to), svg);
    writeFileSync(new URL(file.replace('.svg', '.dark.svg'), to), onDarkGround(svg));
  }
}

const decisions = new URL('decisions/', root);
rmSync(decisions, { recursive: true, force: true });
cpSync(new URL('../../docs/decisions/', root), decisions, { recursive: true });

/** As `ae <command> --help` prints it, examples included. */
function helpOf(command: ReturnType<typeof createProgram>): string {
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part), getOutHelpWidth: () => 88 });
  command.outputHelp();
  return text.trim();
}

function write(name: string, value: unknown): void {
  writeFileSync(new URL(name, generated), `${JSON.stringify(value, null, 1)}\n`);
}
