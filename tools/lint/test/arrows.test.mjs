import { expect, test } from '@jest/globals';

import { circles } from '../circles.mjs';
import { importsOfFiles } from '../imports.mjs';
import { mayImport } from '../may-import.mjs';

test('a circle is found, whoever leads into it or out of it', () => {
  const arrows = {
    start: ['a'],
    a: ['b'],
    b: ['c', 'end'],
    c: ['a'],
    end: [],
    alone: ['alone'],
    pair: ['end'],
  };
  expect(circles(new Map(Object.entries(arrows)))).toEqual([['a', 'b', 'c'], ['alone']]);
  expect(circles(new Map(Object.entries({ ...arrows, c: [], alone: [] })))).toEqual([]);
});

test('the table of arrows has no circle', () => {
  expect(circles(new Map(Object.entries(mayImport)))).toEqual([]);
});

test('imports of types, of components and through doors are seen', () => {
  const imports = importsOfFiles([
    'packages/trainer/src/batch-checker.ts',
    'apps/docs/src/demos/DrawDigit.vue',
    'apps/docs/.vitepress/theme/index.ts',
  ]);
  expect(imports.get('packages/trainer/src/batch-checker.ts')).toContain('packages/models/src/index.ts');
  expect(imports.get('apps/docs/src/demos/DrawDigit.vue')).toContain(
    'apps/docs/src/demos/drawing/DrawingPad.vue',
  );
  expect(imports.get('apps/docs/.vitepress/theme/index.ts')).toContain(
    'apps/docs/.vitepress/theme/components/Demo.vue',
  );
});
