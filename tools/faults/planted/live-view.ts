import { plantedIn } from './planted.js';

/** In the live view: only this machine, only from the page itself, and nobody is buffered for. */
export const liveView = plantedIn('runs', [
  [
    'live/loopback-server.ts',
    "server.listen(0, '127.0.0.1', resolve);",
    "server.listen(0, '0.0.0.0', resolve);",
    'loopback-server.test',
    'another address',
  ],
  [
    'live/loopback-server.ts',
    "if (!hosts.includes(headers.host ?? ''))",
    "if (!hosts.includes(headers.host ?? '') && !headers.host)",
    'run-files.test',
    'server of a run folder',
  ],
  [
    'live/loopback-server.ts',
    "if (method === 'POST' && headers.origin !== `http://${headers.host}`)",
    "if (method === 'POST' && !headers.host)",
    'run-files.test',
    'server of a run folder',
  ],
  [
    'live/loopback-server.ts',
    'if (!METHODS.includes(method))',
    "if (method === '')",
    'run-files.test',
    'server of a run folder',
  ],
  [
    'live/loopback-server.ts',
    'response.setTimeout(patience, () => response.destroy());',
    '',
    'loopback-server.test',
    'takes nothing of them',
  ],
  [
    'live/loopback-server.ts',
    "if (sent !== length) throw new Error('The file became shorter');",
    '',
    'loopback-server.test',
    'becomes shorter',
  ],
  [
    'live/loopback-server.ts',
    'await inTime(answer(path), patience)',
    'await answer(path) ?? nothing',
    'loopback-server.test',
    'takes too long',
  ],
  [
    'live/loopback-server.ts',
    'setTimeout(() => server.closeAllConnections(), GRACE).unref();',
    '',
    'loopback-server.test',
    'never comes',
  ],
  [
    'live/viewers.ts',
    'if (viewer.writableNeedDrain) missed.add(event);\n        else viewer.write(text);',
    'viewer.write(text);',
    'loopback-server.test',
    'does not keep up',
  ],
  [
    'live/run-files.ts',
    'constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)',
    'constants.O_RDONLY',
    'loopback-server.test',
    'are ordinary ones',
  ],
  [
    'live/run-files.ts',
    'if (!status?.isFile()) {',
    'if (!status) {',
    'loopback-server.test',
    'are ordinary ones',
  ],
  [
    'live/run-files.ts',
    'file.startsWith(root + sep) ? await openFile(file) : undefined',
    'await openFile(file)',
    'run-files.test',
    'server of a run folder',
  ],
]);
