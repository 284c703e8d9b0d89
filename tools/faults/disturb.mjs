// Preloaded into a command (`node --import`): counts the calls that change files below the folder AE_FAULT_IN, and at
// the AE_FAULT_AT-th of them dies (AE_FAULT=kill), dies when half is written (half), or fails with an error code
// such as ENOSPC. AE_FAULT=count writes how many there were to AE_FAULT_COUNT.
import fs from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { resolve } from 'node:path';

const { AE_FAULT: fault, AE_FAULT_AT: at, AE_FAULT_IN: folder, AE_FAULT_COUNT: countFile } = process.env;
const appendFileSync = fs.appendFileSync;
let calls = 0;

const concerns = (path) => typeof path === 'string' && resolve(path).startsWith(folder);

/** Counts a call; says whether it is the one. */
function isDue() {
  calls += 1;
  return fault !== 'count' && calls === Number(at);
}

function strike(call) {
  if (fault === 'kill' || fault === 'half') process.kill(process.pid, 'SIGKILL');
  throw Object.assign(new Error(`${fault}: injected, ${call}`), { code: fault, syscall: call, errno: -1 });
}

for (const call of ['mkdir', 'rename', 'rm', 'unlink', 'link', 'copyFile', 'writeFile', 'open']) {
  const original = promises[call];
  promises[call] = async function (...args) {
    const changes = call !== 'open' || /[wax+]/.test(String(args[1] ?? 'r')) || (args[1] & 3) !== 0;
    if (changes && args.some(concerns) && isDue()) strike(call);
    const result = await original.apply(this, args);
    if (call === 'open' && concerns(args[0])) watchHandle(result, changes);
    return result;
  };
  const sync = fs[`${call}Sync`];
  fs[`${call}Sync`] = function (...args) {
    const changes = call !== 'open' || /[wax+]/.test(String(args[1] ?? 'r'));
    if (changes && args.some(concerns) && isDue()) strike(call);
    return sync.apply(this, args);
  };
}

function watchHandle(handle, changes) {
  for (const call of ['write', 'writeFile', 'appendFile', 'sync', 'datasync', 'truncate', 'close']) {
    if (!changes && call !== 'sync') continue;
    const original = handle[call].bind(handle);
    handle[call] = async (...args) => {
      if (!isDue()) return original(...args);
      if (fault === 'half' && call.startsWith('write')) {
        const bytes = Buffer.from(args[0]);
        await original(bytes.subarray(0, bytes.length / 2));
      }
      if (call === 'close') await original();
      return strike(call);
    };
  }
}
syncBuiltinESMExports();

if (fault === 'count') process.on('exit', () => appendFileSync(countFile, `${calls}\n`));
