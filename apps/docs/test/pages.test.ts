import { readdirSync } from 'node:fs';
import { zoo } from '@ae/models';
import { figures } from '@ae/viz';
import { describe, expect, test } from '@jest/globals';

import { pages } from '../tools/pages.js';
import { differences } from './printed.js';

const names = (folder: string) =>
  readdirSync(new URL(`../${folder}/`, import.meta.url))
    .filter((file) => file.endsWith('.md') && file !== 'index.md')
    .map((file) => file.slice(0, -3));
const textOf = (path: string) => pages().find((page) => page.path === path)!.text;

describe('the pages', () => {
  test('there is one for every model whose run is kept, and for none that is not in the zoo', () => {
    const kept = readdirSync(new URL('../runs/', import.meta.url)).filter((run) => run.endsWith('-default'));
    expect(names('models')).toEqual(expect.arrayContaining(kept.map((run) => run.replace(/-default$/, ''))));
    expect(Object.keys(zoo)).toEqual(expect.arrayContaining(names('models')));
  });

  test.each(names('models'))('that of %s has facts, formula, code, numbers and figures', (name) => {
    const text = textOf(`models/${name}.md`);
    expect(text).toContain(`<ModelFacts name="${name}" />`);
    expect(text).toContain('```math\n');
    expect(text).toContain('```ts\n');
    expect(text).toContain(`<RunNumbers model="${name}" />`);
    expect(text).toContain(`<RunFigures run="${name}-default" />`);
  });

  test.each(Object.keys(figures))('how to read %s is said', (name) => {
    expect(textOf('figures/reading.md')).toContain(`## ${name}\n`);
  });

  test('every demo has one', () => {
    const demos = readdirSync(new URL('../src/demos/', import.meta.url)).filter((file) =>
      file.endsWith('.vue'),
    );
    const shown = names('demos').map((name) => /<Demo name="(\w+)"/.exec(textOf(`demos/${name}.md`))![1]);
    expect(shown.sort()).toEqual(demos.map((file) => file.slice(0, -4)).sort());
  });
});

describe('what is printed', () => {
  test('may differ in the last digits of a number, and in nothing else', () => {
    expect(differences(['epoch 1: 200 nats'], ['epoch 1: 201 nats'])).toEqual([]);
    expect(differences(['epoch 1: 200 nats'], ['epoch 1: 250 nats'])).toHaveLength(1);
    expect(differences(['a'], ['b'])).toHaveLength(1);
    expect(differences(['a', 'b'], ['a'])).toHaveLength(1);
  });
});
