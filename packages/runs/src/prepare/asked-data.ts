import { resolve } from 'node:path';

import { dataSets } from '@ae/data-mnist';

/** What `--data` takes besides folders. */
export const dataNames: readonly string[] = ['auto', ...Object.keys(dataSets), 'digits'];

/**
 * What `--data` names, wherever it is typed: `auto` or a data set, whatever folders there are, or a file or folder as
 * its absolute path. A folder whose name is that of a data set is asked for by a path, `./mnist`.
 */
export const askedFor = (typed: string): string => (dataNames.includes(typed) ? typed : resolve(typed));

export const isName = (asked: string): boolean => dataNames.includes(asked);

/** Whether what was asked for is a file of code that defines data. */
export const isCode = (asked: string): boolean => /\.[cm]?[jt]s$/.test(asked);
