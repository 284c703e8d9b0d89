import { describe, expect, it } from '@jest/globals';

import { describeFailure } from '../src/describe-failure.js';

describe('describeFailure()', () => {
  const failure = new Error('Cannot save run.json', { cause: new Error('no space left on device') });

  it('tells the message and what caused it, without a stack', () => {
    expect(describeFailure(failure, false)).toBe('Cannot save run.json\n  because: no space left on device');
  });

  it('leaves out a cause that says nothing new', () => {
    expect(describeFailure(new Error('Cannot read a: gone', { cause: new Error('gone') }), false)).toBe(
      'Cannot read a: gone',
    );
  });

  it('tells the stacks when asked', () => {
    expect(describeFailure(failure, true)).toMatch(
      /describe-failure\.test\.ts.*\ncaused by Error: no space/s,
    );
  });
});
