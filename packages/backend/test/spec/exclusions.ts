/** Specifications that pass on the stock CPU backend and not on `native`, each with its reason. */
export const exclusions: readonly { name: string; reason: string }[] = [
  {
    name: 'Switching cpu backends Move data from cpu1 to cpu2 backend',
    reason:
      'the suite has it for a backend called "cpu" only; test/native/switching.test.ts does the same for native',
  },
  {
    name: 'Switching cpu backends can execute op with data from mixed backends',
    reason:
      'the suite has it for a backend called "cpu" only; test/native/switching.test.ts does the same for native',
  },
];
