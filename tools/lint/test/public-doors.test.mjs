import { expect, test } from '@jest/globals';
import { ESLint } from 'eslint';

const eslint = new ESLint({ cwd: new URL('../../../', import.meta.url).pathname });

/** What is said of a file with one line, if it stood there. */
async function said(filePath, line) {
  const [{ messages }] = await eslint.lintText(line, { filePath });
  return messages.filter(({ ruleId }) => ruleId === 'ae/public-doors').map(({ message }) => message);
}

test.each([
  ['packages/trainer/src/x.ts', "export * from '../../models/src/random.js';"],
  ['packages/trainer/test/x.test.ts', "import '../../models/src/random.js';"],
  ['tools/bench/x.ts', "export type X = import('../../packages/models/src/random.js').RandomStream;"],
  ['apps/docs/tools/x.mjs', "await import('../../../packages/models/src/random.js');"],
  [
    'apps/docs/src/x.vue',
    '<script setup lang="ts">\nimport \'../../../packages/models/src/random.js\';\n</script>',
  ],
])('in %s a path into another package is refused', async (file, line) => {
  expect(await said(file, line)).toEqual([
    expect.stringMatching(
      /^A relative path stays in its package: import @ae\/models by a door, and declare it in /,
    ),
  ]);
});

test('a setting that all share is imported by its path', async () => {
  expect(await said('packages/trainer/tsup.config.ts', "import '../../tsup.base.js';")).toEqual([]);
  expect(
    await said('packages/trainer/test/x.test.ts', "import '../../../tools/bench/cases.js';"),
  ).toHaveLength(1);
});

test('what a workspace does not declare is refused', async () => {
  expect(await said('packages/trainer/test/x.test.ts', "import '@ae/viz';")).toEqual([
    '"@ae/viz" is not declared in packages/trainer/package.json.',
  ]);
  expect(await said('apps/docs/src/x.ts', "import 'nobody-knows';")).toEqual([
    '"nobody-knows" is not declared in apps/docs/package.json.',
  ]);
});

test('sources use dependencies and peers, tests what the root declares for all of them too', async () => {
  expect(await said('packages/models/test/x.test.ts', "import 'fast-check';")).toEqual([]);
  expect(await said('packages/models/src/x.ts', "import 'fast-check';")).toEqual([
    '"fast-check" is not declared in packages/models/package.json.',
  ]);
  expect(await said('packages/backend/src/x.ts', "import '@tensorflow/tfjs-backend-cpu';")).toEqual([
    '"@tensorflow/tfjs-backend-cpu" is for sources: declare it in packages/backend/package.json as a dependency or a peer.',
  ]);
});

test('arrows of sources run down', async () => {
  expect(await said('packages/models/src/x.ts', "import '@ae/trainer';")).toEqual([
    '@ae/models may import no package of ours.',
  ]);
  expect(await said('packages/models/src/x.ts', "import '@ae/models';")).toEqual([
    'A package imports its own files by relative path.',
  ]);
});
