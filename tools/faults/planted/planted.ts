/** One line of a source made wrong, as a slip of the hand would. */
export interface Planted {
  /** From the root of the repository. */
  file: string;
  /** What stands there, once in the file. */
  was: string;
  /** What stands there instead. */
  is: string;
  /** Jest's arguments for the tests that have to notice. */
  tests: readonly string[];
}

/** Bugs of one package: each its file below `src`, what was, what is, its test file below `test`, and a name of the test. */
export const plantedIn = (
  name: string,
  bugs: readonly (readonly [file: string, was: string, is: string, test: string, called?: string])[],
): Planted[] =>
  bugs.map(([file, was, is, test, called]) => ({
    file: `packages/${name}/src/${file}`,
    was,
    is,
    tests: [`packages/${name}/test/${test}`, ...(called === undefined ? [] : ['-t', called])],
  }));
