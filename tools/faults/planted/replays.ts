import { plantedIn, type Planted } from './planted.js';

/** In the trainer: a replay is the step that it stands for. */
export const replays: readonly Planted[] = [
  ...plantedIn('trainer', [
    [
      'recorded-step.ts',
      'recording && blocks !== recording.blocks',
      'recording && blocks < 0',
      'recorded-step.test',
    ],
    [
      'recorded-step.ts',
      'else if (drawsSingly) giveUp',
      'else if (drawsSingly && changes > 0) giveUp',
      'recorded-step.test',
    ],
    ['recorded-step.ts', 'recording.replay.stale || ', '', 'recorded-step.test'],
    [
      'recorded-step.ts',
      'if (changes > MOST_CHANGES) giveUp',
      'if (changes < 0) giveUp',
      'recorded-step.test',
    ],
    ['recorded-step.ts', 'variables.filter(({ trainable }) => trainable)', 'variables', 'recorded-step.test'],
    ['recorded-step.ts', 'if (!optimizer.fused) return', 'if (!optimizer) return', 'recorded-step.test'],
    ['recorded-step.ts', 'random.counter += known.blocks;', '', 'recorded-step.test'],
    [
      'recorded-step.ts',
      'labels instanceof Uint16Array ? Float32Array.from(labels) : labels',
      'labels',
      'recorded-step.test',
    ],
    ['compared-steps.ts', '|| isPowerOfTwo(count - 1) ', '', 'recorded-step.test'],
    ['compared-steps.ts', ' || batch <= 2', '', 'recorded-step.test'],
  ]),
  // Only a backend that looks into closures sees what its loss changes.
  {
    file: 'packages/trainer/src/recorded-step.ts',
    was: 'else if (moved) giveUp',
    is: 'else if (moved === name) giveUp',
    tests: ['packages/trainer/test/native/javascript-in-a-step.test', '-t', 'moves only every hundred'],
  },
];
