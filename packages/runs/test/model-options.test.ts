import { describe, expect, it } from '@jest/globals';

import { UsageError } from '../src/errors.js';
import { readModelOptions } from '../src/prepare/model-options.js';

const model = {
  model: 'beta-vae',
  defaults: { latentDim: 2, beta: 4, hidden: [512, 256], code: 'vector', tied: false },
};
const refusal = (setting: string): string => {
  try {
    const at = setting.indexOf('=');
    readModelOptions({ [setting.slice(0, at)]: setting.slice(at + 1) }, model);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as Error).message;
  }
  throw new Error(`${setting} was taken`);
};

describe('readModelOptions()', () => {
  it('reads a value as the type of the default that it replaces', () => {
    const typed = { latentDim: '10', beta: '0.5', hidden: '64,32', code: 'map', tied: 'true' };
    expect(readModelOptions(typed, model)).toEqual({
      latentDim: 10,
      beta: 0.5,
      hidden: [64, 32],
      code: 'map',
      tied: true,
    });
  });

  it('takes a list in brackets, an empty list, and a text with an equals sign', () => {
    expect(readModelOptions({ hidden: '[64, 32]' }, model)).toEqual({ hidden: [64, 32] });
    expect(readModelOptions({ hidden: '' }, model)).toEqual({ hidden: [] });
    expect(readModelOptions({ code: 'a=b' }, model)).toEqual({ code: 'a=b' });
  });

  it('refuses an unknown name, with the known ones and the nearest guess', () => {
    expect(refusal('bata=3')).toBe(
      'Cannot read --set bata=3: unknown option "bata" of beta-vae, expected one of latentDim, beta, hidden, code, tied; did you mean "beta"?',
    );
    expect(refusal('nothingLikeIt=3')).not.toContain('did you mean');
    expect(refusal('toString=3')).toContain('unknown option "toString"');
  });

  it('refuses a value of another type', () => {
    expect(refusal('beta=high')).toBe('Cannot read --set beta=high: found "high", expected a number');
    for (const text of ['', ' ', 'Infinity', '-1e999', 'NaN'])
      expect(refusal(`beta=${text}`)).toContain(`found "${text}", expected a number`);
    expect(refusal('hidden=64,many')).toContain('expected numbers, such as 512,256');
    expect(refusal('tied=yes')).toContain('expected true or false');
  });
});
