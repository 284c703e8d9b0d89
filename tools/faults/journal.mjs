// Preloaded into a command (`node --import`): writes down what it does to files below the folder AE_JOURNAL_OF, in
// order, as lines of JSON in AE_JOURNAL: writes, flushes, renames, removals and new folders, as a disk would see them.
import fs from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { resolve } from 'node:path';

const { AE_JOURNAL: journal, AE_JOURNAL_OF: folder } = process.env;
const appendFileSync = fs.appendFileSync;
const concerns = (path) => typeof path === 'string' && resolve(path).startsWith(folder);
const note = (entry) => appendFileSync(journal, `${JSON.stringify(entry)}\n`);
const data = (content) => Buffer.from(content).toString('base64');

const wrap = (call, after) => {
  const original = promises[call];
  promises[call] = async function (...args) {
    const result = await original.apply(this, args);
    if (args.some(concerns)) after(args, result);
    return result;
  };
};

wrap('rename', ([from, to]) => note({ op: 'rename', path: resolve(from), to: resolve(to) }));
wrap('link', ([from, to]) => note({ op: 'link', path: resolve(from), to: resolve(to) }));
wrap('rm', ([path]) => note({ op: 'remove', path: resolve(path) }));
wrap('unlink', ([path]) => note({ op: 'remove', path: resolve(path) }));
wrap('writeFile', ([path, content]) => note({ op: 'create', path: resolve(path), data: data(content) }));
wrap('open', ([path, flags = 'r'], handle) => {
  const name = resolve(path);
  const writes = typeof flags === 'number' ? (flags & 3) !== 0 : /[wax+]/.test(flags);
  if (writes)
    note({ op: 'create', path: name, data: '', keeps: typeof flags === 'string' && flags.startsWith('a') });
  const watch = (call, entry) => {
    const original = handle[call].bind(handle);
    handle[call] = async (...args) => {
      const result = await original(...args);
      note(entry(args, result));
      return result;
    };
  };
  for (const call of ['sync', 'datasync']) watch(call, () => ({ op: 'flush', path: name }));
  if (!writes) return;
  for (const call of ['writeFile', 'appendFile'])
    watch(call, ([content]) => ({ op: 'append', path: name, data: data(content) }));
  watch('write', ([content], { bytesWritten }) => ({
    op: 'append',
    path: name,
    data: data(Buffer.from(content).subarray(0, bytesWritten)),
  }));
  watch('truncate', ([length = 0]) => ({ op: 'truncate', path: name, length }));
});
syncBuiltinESMExports();
