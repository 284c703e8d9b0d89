import { fileURLToPath } from 'node:url';

import { describe, expect, it } from '@jest/globals';

import { build } from 'esbuild';

import { commands } from '../src/commands/index.js';
import { createProgram } from '../src/program.js';

const usage = (name: string) =>
  createProgram()
    .commands.find((sub) => sub.name() === name)!
    .helpInformation();
const failure = async (...args: string[]): Promise<string> =>
  createProgram()
    .parseAsync(['node', 'ae', ...args])
    .then(
      () => 'no failure',
      (error: Error) => `${error.name}: ${error.message}`,
    );

describe('ae', () => {
  it('loads nothing but its argument tables before a command runs', async () => {
    const { metafile } = await build({
      entryPoints: [fileURLToPath(new URL('../src/cli.ts', import.meta.url))],
      ...{ bundle: true, splitting: true, packages: 'external', platform: 'node', format: 'esm' },
      ...{ metafile: true, write: false, outdir: 'nowhere' },
    });
    const loaded = (file: string): string[] =>
      metafile.outputs[file]!.imports.filter(({ kind }) => kind === 'import-statement').flatMap(
        ({ path, external }) => (external ? [path] : loaded(path)),
      );
    const light = ['@ae/runs/text', 'commander', 'node:fs', 'node:module', 'node:path'];
    expect(new Set(loaded('nowhere/cli.js'))).toEqual(new Set(light));
  });

  it('lists its commands in their order, each with what it does', () => {
    const help = createProgram().helpInformation();
    const [, before, listed] = /^([^]*)\nCommands:\n([^]*)$/.exec(help)!;
    expect(before).toMatchInlineSnapshot(`
      "Usage: ae [options] [command]

      Autoencoders on TensorFlow.js: train, inspect and compare them

      Options:
        -V, --version        print the version
        -h, --help           print this text
      "
    `);
    const names = [...listed!.matchAll(/^ {2}(\S+)/gm)].map(([, name]) => name);
    expect([...names].sort()).toEqual([...Object.keys(commands), 'help'].sort());
    expect([names[0], names.at(-1)]).toEqual(['train', 'help']);
    expect(listed).toContain('  train [model]        train a model; leaves a run folder with its report\n');
  });

  it('tells the options of train', () => {
    expect(usage('train')).toMatchInlineSnapshot(`
      "Usage: ae train [options] [model]

      train a model; leaves a run folder with its report

      Arguments:
        model                   a name from \`ae models\`, or a file whose default
                                export is defineModel(…)

      Options:
        --data <name or path>   auto, mnist, fashion-mnist, kmnist, digits; a file or
                                folder of pictures, tables or arrays; a .ts file that
                                defines data (default: auto)
        --data-dir <folder>     where the four IDX files are, instead of $AE_DATA_DIR,
                                the cache and the mirrors
        --backend <name>        what computes: auto, native, tensorflow, wasm, cpu
        --validation <share>    training examples kept for validation, drawn by the
                                seed, such as 0.1 (default: as the data set defines;
                                of files a tenth)
        --recipe <name>         a named way to train it, see \`ae models <model>\`
                                (default: default)
        --set <key=value>       one of the model's options; may be repeated
        --epochs <n>            passes over the training examples
        --batch-size <n>        examples in a step
        --learning-rate <rate>  the rate to begin with
        --seed <n>              one seed gives one run (default: 1)
        --out <folder>          the run folder (default: runs/<model>-<time>)
        --resume                go on with the run in --out where it stopped
        --png                   also leave every figure as PNG
        --live                  serve a page to this machine on which the run is
                                watched, and can be stopped
        --json                  print the result as JSON, on one line
        --verbose               say more while working, and print the stack of a
                                failure
        -h, --help              print this text

      How files are read:
        --format <name>         their format (default: told by their names)
        --size <pixels>         pictures: side, or height x width such as 32x48
        --channels <n>          pictures: 1 for grey, 3 for colour
        --fit <how>             pictures: cover cuts them to the size, contain shrinks
                                them into it
        --label <name>          where labels are: a column, an array, a CSV file; for
                                pictures also folders or none
        --normal <classes>      the classes that belong, a,b: only they are trained
                                on, and the test has the others too
        --columns <names>       tables: the columns to take, a,b,c
        --key <column>          tables: the column that names the rows
        --missing <how>         tables: what becomes of rows that lack a value: error,
                                drop or keep
        --skip-broken           leave out broken files or rows, and count them
        --scale <how>           none, standardise, min-max or robust
        --window <rows>         series: rows in an example
        --stride <rows>         series: rows from one window to the next
        --test <share>          kept for the test, such as 0.1
      "
    `);
  });

  it('tells the options of the commands that open a run', () => {
    expect(usage('evaluate')).toMatchInlineSnapshot(`
      "Usage: ae evaluate [options] <run>

      every metric on the test set, beside a PCA of equal size

      Arguments:
        run                      a run folder

      Options:
        --model <file>           the own model's file, instead of the source that the
                                 run keeps; it is run
        --data <name or folder>  where the run's data are now, where they were moved;
                                 checked against its checksum
        --data-dir <folder>      where the four IDX files are, instead of
                                 $AE_DATA_DIR, the cache and the mirrors
        --backend <name>         what computes: auto, native, tensorflow, wasm, cpu
        --json                   print the result as JSON, on one line
        --verbose                say more while working, and print the stack of a
                                 failure
        -h, --help               print this text
      "
    `);
    expect(usage('latent')).toMatchInlineSnapshot(`
      "Usage: ae latent [options] <run>

      a figure: the codes of test images, coloured by digit

      Arguments:
        run                      a run folder

      Options:
        --model <file>           the own model's file, instead of the source that the
                                 run keeps; it is run
        --data <name or folder>  where the run's data are now, where they were moved;
                                 checked against its checksum
        --data-dir <folder>      where the four IDX files are, instead of
                                 $AE_DATA_DIR, the cache and the mirrors
        --backend <name>         what computes: auto, native, tensorflow, wasm, cpu
        --out <file.svg>         the figure's file (default: in the run's figures
                                 folder)
        --png                    also leave it as PNG, beside the SVG
        --force                  write over a file that is no such figure
        --method <name>          code (two dimensions) or pca (default: code where it
                                 has two)
        --count <n>              how many test images at most (default: 10000)
        --json                   print the result as JSON, on one line
        --verbose                say more while working, and print the stack of a
                                 failure
        -h, --help               print this text
      "
    `);
    expect(usage('compare')).toMatchInlineSnapshot(`
      "Usage: ae compare [options] <runs...>

      runs side by side: a table, and a page with their curves over each other

      Arguments:
        runs               two or more run folders

      Options:
        --out <file.html>  the page (default: runs/compare-<time>.html)
        --force            write over a file that is no page
        --json             print the result as JSON, on one line
        --verbose          say more while working, and print the stack of a failure
        -h, --help         print this text
      "
    `);
  });

  it('tells the options of reproduce and data', () => {
    expect(usage('reproduce')).toMatchInlineSnapshot(`
      "Usage: ae reproduce [options]

      the original repository's four models, its recipe beside ours, all figures on
      one page

      Options:
        --data <name or folder>  as for \`ae train\` (default: auto)
        --data-dir <folder>      where the four IDX files are, instead of
                                 $AE_DATA_DIR, the cache and the mirrors
        --backend <name>         what computes: auto, native, tensorflow, wasm, cpu
        --epochs <n>             passes over the training images (default: each
                                 recipe's own)
        --seed <n>               one seed gives one set of runs (default: 1)
        --out <folder>           where the runs and the page go (default:
                                 runs/reproduce-<time>)
        --resume                 go on in --out where it stopped; finished runs are
                                 kept
        --png                    also leave every figure as PNG
        --json                   print the result as JSON, on one line
        --verbose                say more while working, and print the stack of a
                                 failure
        -h, --help               print this text
      "
    `);
    expect(usage('data')).toMatchInlineSnapshot(`
      "Usage: ae data [options] [name or path]

      the data sets and the cache; with a name or a path, reads, checks and draws one

      Arguments:
        name or path         mnist, fashion-mnist, kmnist, digits; a file or folder of
                             pictures, tables or arrays; a .ts file that defines data

      How files are read:
        --format <name>      their format (default: told by their names)
        --size <pixels>      pictures: side, or height x width such as 32x48
        --channels <n>       pictures: 1 for grey, 3 for colour
        --fit <how>          pictures: cover cuts them to the size, contain shrinks
                             them into it
        --label <name>       where labels are: a column, an array, a CSV file; for
                             pictures also folders or none
        --normal <classes>   the classes that belong, a,b: only they are trained on,
                             and the test has the others too
        --columns <names>    tables: the columns to take, a,b,c
        --key <column>       tables: the column that names the rows
        --missing <how>      tables: what becomes of rows that lack a value: error,
                             drop or keep
        --skip-broken        leave out broken files or rows, and count them
        --scale <how>        none, standardise, min-max or robust
        --window <rows>      series: rows in an example
        --stride <rows>      series: rows from one window to the next
        --test <share>       kept for the test, such as 0.1

      Options:
        --data-dir <folder>  where the four IDX files are, instead of $AE_DATA_DIR,
                             the cache and the mirrors
        --out <file.svg>     the contact sheet (default:
                             runs/<name>-contact-sheet.svg)
        --png                also leave it as PNG, beside the SVG
        --json               print the result as JSON, on one line
        --verbose            say more while working, and print the stack of a failure
        -h, --help           print this text
      "
    `);
  });

  it('refuses an unknown command or option, naming the known ones and the nearest', async () => {
    expect(await failure('tain')).toMatch(
      /^UsageError: Cannot run ae: unknown command "tain", expected one of train, .*; did you mean "train"\?$/,
    );
    expect(await failure('train', 'vae', '--epoch', '3')).toMatch(
      /unknown option "--epoch", expected one of .*--epochs.*; did you mean "--epochs"\?$/,
    );
    expect(await failure()).toBe('CommanderError: (outputHelp)'); // the help itself, which `ae` ends with 0
  });

  it('refuses values out of range, naming the option', async () => {
    expect(await failure('train', 'vae', '--epochs', '0')).toBe(
      'UsageError: Cannot use --epochs 0: expected a whole number of at least 1',
    );
    expect(await failure('train', 'vae', '--batch-size', '1.5')).toContain(
      'Cannot use --batch-size 1.5: expected a whole number',
    );
    expect(await failure('train', 'vae', '--learning-rate', '-1')).toContain(
      'Cannot use --learning-rate -1: expected a number above 0',
    );
    expect(await failure('train', 'vae', '--backend', 'gpu')).toContain(
      'expected one of auto, native, tensorflow, wasm, cpu',
    );
    expect(await failure('latent', 'runs/x', '--method', 'tsne')).toContain('expected one of code, pca');
    expect(await failure('train', 'vae', '--seed')).toContain('no value after --seed');
    expect(await failure('evaluate')).toContain('no <run> given; see ae evaluate --help');
    expect(await failure('evaluate', 'a', 'b')).toContain('too many arguments, expected 1');
  });
});
