// Compiles the kernels in this folder to src/wasm/compiled.ts, which is committed so that nobody needs a compiler to
// use or test the package. `--check` fails when the committed file differs from what the sources compile to.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

/** The text of src/wasm/compiled.ts. */
export async function compile() {
  const { binary, error, stderr } = await inMemory([
    ...['index.ts', '--importMemory', '--noExportMemory', '--runtime', 'stub', '--enable', 'simd'],
    ...['-O3', '--converge', '--noAssert', '--outFile', 'kernels.wasm'],
  ]);
  if (error) throw new Error(`Cannot compile the wasm kernels: ${error.message}\n${stderr}`);
  const lines = Buffer.from(binary)
    .toString('base64')
    .match(/.{1,100}/g);
  return `// Compiled from packages/backend/wasm/ by \`npm run kernels\`: a WebAssembly module, base64.
export const compiled = \`
${lines.join('\n')}
\`;
`;
}

async function inMemory(options) {
  let binary;
  const { error, stderr } = await asc.main(options, {
    readFile: (name) => {
      try {
        return readFileSync(path(name), 'utf8');
      } catch {
        return null;
      }
    },
    writeFile: (_name, contents) => {
      binary = contents;
    },
    listFiles: () => [],
  });
  return { binary, error, stderr: stderr.toString() };
}

if (process.argv[1] === path('build.mjs')) {
  const target = path('../src/wasm/compiled.ts');
  const text = await compile();
  if (!process.argv.includes('--check')) writeFileSync(target, text);
  else if (readFileSync(target, 'utf8') !== text) {
    console.error(
      'packages/backend/src/wasm/compiled.ts is out of date: run `npm run kernels -w packages/backend`',
    );
    process.exit(1);
  }
}
