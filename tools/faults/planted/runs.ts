import { liveView } from './live-view.js';
import { plantedIn } from './planted.js';

export const runs = [
  ...liveView,
  ...plantedIn('runs', [
    // Nothing that somebody made is written over.
    [
      'output-file.ts',
      'if (inRun && ours.some((name) => basename(target) === name))',
      'if (inRun && ours.length === 0)',
      'output-file.test',
    ],
    [
      'output-file.ts',
      'if (!force && status.size > 0 && !kinds',
      'if (!force && status.size > 4096 && !kinds',
      'output-file.test',
    ],
    [
      'output-file.ts',
      'if (existsSync(absolute)) return realpathSync(absolute);',
      'if (existsSync(absolute)) return absolute;',
      'output-file.test',
    ],
    // What is read is what was written.
    [
      'record/sealed-json.ts',
      'if (digits !== sealOf(bytes, BEGINNING.length))',
      'if (digits === undefined)',
      'read-run.test',
      'readRun',
    ],
    [
      'record/read-run.ts',
      'if (files !== undefined && files[runFiles.best] !== weights) return {};',
      '',
      'read-run.test',
      'readRun',
    ],
    [
      'record/read-run.ts',
      "status === 'running' && !(await isBeingTrained(folder))",
      "status === 'failed'",
      'read-run.test',
      'readRun',
    ],
    [
      'record/read-run.ts',
      'else if (hasCheckpoint(folder)) checkSame(rows, (await readCheckpoint(folder)).state.history);',
      '',
      'read-run.test',
      'readHistory',
    ],
    [
      'record/read-run.ts',
      'if (expected !== undefined) checkNamed(await readRegularFile(join(folder, runFiles.history)), expected);\n    else if',
      'if',
      'read-run.test',
      'readHistory',
    ],
    [
      'record/read-run.ts',
      'throw await damaged(folder, runFiles.best, cause);',
      'throw cause;',
      'read-run.test',
      'readBestWeights',
    ],
    [
      'prepare/model-options.ts',
      "text === 'true' || text === 'false' ? text === 'true' : refuse('true or false')",
      "text === 'true'",
      'model-options.test',
    ],
    [
      'record/settings.ts',
      "['--validation', typed.validation, started.data.validationShare],",
      '',
      'settings.test',
      'checkUnchanged',
    ],
    ['output-file.ts', 'if (!status.isFile())', 'if (status.isDirectory())', 'output-file.test'],
    ['output-file.ts', "if (path === '' || path.includes('\\0'))", "if (path === '')", 'output-file.test'],
    ['output-file.ts', 'if (isLink)', 'if (isLink && !path)', 'output-file.test'],
    [
      'record/read-run.ts',
      '    checkNamed(bytes, files?.[runFiles.best]);',
      '',
      'read-run.test',
      'readBestWeights',
    ],
    ['record/run-lock.ts', 'if ((await contentOf(file)) === mine) await rm', 'await rm', 'run-lock.test'],
    ['record/run-lock.ts', 'if (host !== hostname()) return true;', '', 'run-lock.test'],
    ['record/run-lock.ts', ' && (then === undefined || began(pid).began === then)', '', 'run-lock.test'],
    ['record/run-lock.ts', 'if ((await contentOf(file)) !== dead) return false;', '', 'run-lock-race.test'],
    ['record/run-lock.ts', '(owner || (await isOld(file)))', 'owner', 'run-lock.test'],
    ['record/run-lock.ts', 'if (isNew) await rmdir', 'if (!folder) await rmdir', 'run-lock.test'],
    ['record/run-lock.ts', 'if (owner && isThere(owner))', 'if (owner && !folder)', 'run-lock.test'],
    [
      'prepare/model-options.ts',
      'if (!Object.hasOwn(defaults, key))',
      'if (!(key in defaults))',
      'model-options.test',
    ],
    [
      'prepare/model-options.ts',
      "part.trim() === '' ? NaN : Number(part)",
      'Number(part)',
      'model-options.test',
    ],
    ['prepare/model-options.ts', 'Number.isFinite(value)', '!Number.isNaN(value)', 'model-options.test'],
    ['record/settings.ts', "['--seed', typed.seed, started.seed],", '', 'settings.test', 'checkUnchanged'],
  ]),
];
