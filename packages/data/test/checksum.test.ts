import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sha256Of } from '../src/index.js';

test('sha256Of() agrees with OpenSSL, however the bytes come in pieces', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 6 }), (pieces) => {
      expect(sha256Of(pieces)).toBe(createHash('sha256').update(Buffer.concat(pieces)).digest('hex'));
    }),
    { numRuns: 500 },
  );
});
