import { plantedIn } from './planted.js';

export const dataMnist = plantedIn('data-mnist', [
  // A download is kept whole.
  [
    'node/cache.ts',
    'await handle.writeFile(bytes);\n      await handle.sync();',
    'await handle.writeFile(bytes);',
    'cache.test',
  ],
  ['node/cache.ts', '    await flushFolder(folder);', '', 'cache.test'],
  ['node/cache.ts', 'await rm(temporary, { force: true });\n    throw error;', 'throw error;', 'cache.test'],
  // A mirror that fails gives way to the next.
  [
    'download.ts',
    "let timer = stopAfter(connectTimeout, 'did not answer');",
    'let timer = setTimeout(() => {}, 0);',
    'download.test',
    'waits for',
  ],
  [
    'download.ts',
    "timer = stopAfter(stallTimeout, 'fell silent');\n    pace = startPace(",
    'pace = startPace(',
    'download.test',
    'waits for',
  ],
  [
    'download.ts',
    "clearTimeout(timer);\n      timer = stopAfter(stallTimeout, 'fell silent');\n    }",
    'clearTimeout(timer);\n    }',
    'download.test',
  ],
  ['download.ts', 'if (done > limit)', 'if (done < 0)', 'download.test'],
  ['download.ts', 'if (status !== 200)', 'if (status >= 500)', 'download.test'],
  ['download.ts', 'either.throwIfAborted();', '', 'download.test'],
  ['download.ts', 'mirrors.push(...mirrors.splice(mirrors.indexOf(mirror), 1));', '', 'download.test'],
  ['pace.ts', 'if (rate < minimumRate) onSlow(rate);', '', 'download.test', 'waits for'],
  // What came is what was published.
  ['verify.ts', 'if (found !== expected) {', 'if (found.length !== expected.length) {', 'download.test'],
  [
    'verify.ts',
    'if (unpacked.length !== published.bytes) {',
    'if (unpacked.length > published.bytes) {',
    'download.test',
  ],
  ['verify.ts', 'asPublished && isGzip(bytes)', '!asPublished && isGzip(bytes)', 'download.test'],
  ['node/load.ts', 'if (another !== undefined) continue;', '', 'node.test', 'does not take another data set'],
  [
    'node/folder.ts',
    'if (another !== undefined)\n',
    'if (another === folder)\n',
    'named-folder.test',
    'of two it asks which',
  ],
  // Files of unknown origin are read with care.
  ['data-set.ts', '(label) => label >= classes.length', '(label) => label > 255', 'data-set.test'],
  [
    'data-set.ts',
    'if (labels.data.length !== count) {',
    'if (labels.data.length < count) {',
    'data-set.test',
  ],
  ['data-set.ts', 'header.magic !== 0x0800 + dimensions', 'header.magic < 0x0800', 'data-set.test'],
  [
    'data-set.ts',
    '`${trainable.shape}` !== `${test.shape}`',
    'trainable.shape[0] !== test.shape[0]',
    'data-set.test',
  ],
  // A lock is its holder's.
  [
    'node/lock.ts',
    'if ((await content(file)) === holder) await rm',
    'await rm',
    'processes.test',
    'withLock',
  ],
  ['node/lock.ts', "{ flag: 'wx' }", "{ flag: 'w' }", 'processes.test', 'withLock'],
  ['node/lock.ts', "if (code(error) === 'ESRCH') return true;", '', 'processes.test', 'was killed'],
  ['node/lock.ts', '- seen.mtimeMs > dead', '- seen.mtimeMs > 0', 'processes.test', 'withLock'],
  [
    'node/lock.ts',
    'if (buried !== undefined && buried !== holder) await create(file, buried);',
    '',
    'lock.test',
  ],
]);
