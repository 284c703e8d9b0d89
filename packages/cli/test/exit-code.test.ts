import { describe, expect, it } from '@jest/globals';

import { RunFolderError, StoppedOnRequest, UsageError } from '@ae/runs/text';

import { exitCodeOf } from '../src/exit-code.js';

const named = (name: string, message = 'x') => Object.assign(new Error(message), { name });

describe('exitCodeOf()', () => {
  it('knows usage, loss, data, network and disk apart, and is never 0', () => {
    expect(exitCodeOf(new UsageError('x'))).toBe(2);
    expect(exitCodeOf(named('NonFiniteError'))).toBe(3);
    expect(exitCodeOf(new RunFolderError('x'))).toBe(65);
    expect(exitCodeOf(named('DataError'))).toBe(65);
    expect(exitCodeOf(named('DiskError'))).toBe(74);
    expect(exitCodeOf(named('FileError'))).toBe(74);
    expect(exitCodeOf(named('DataNotFoundError'))).toBe(2);
    expect(exitCodeOf(new StoppedOnRequest('SIGINT', 'x'))).toBe(130);
    expect(exitCodeOf(new StoppedOnRequest('its page', 'x'))).toBe(130);
    expect(exitCodeOf(new StoppedOnRequest('SIGTERM', 'x'))).toBe(143);
    expect(exitCodeOf(new StoppedOnRequest('SIGHUP', 'x'))).toBe(129);
    expect(exitCodeOf(named('DownloadError'))).toBe(69);
    expect(exitCodeOf(Object.assign(new Error('no space'), { code: 'ENOSPC', syscall: 'write' }))).toBe(74);
    expect(exitCodeOf(Object.assign(new Error('of a model'), { code: 'ENOENT' }))).toBe(1); // no system call
    expect(exitCodeOf(new Error('x'))).toBe(1);
    expect(exitCodeOf('a text')).toBe(1);
    expect(exitCodeOf(undefined)).toBe(1);
  });

  it('looks behind a wrapping error for the cause', () => {
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC', syscall: 'write' });
    expect(exitCodeOf(new Error('Cannot save checkpoint', { cause: full }))).toBe(74);
  });
});
