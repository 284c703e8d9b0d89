import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

import { writeFileWhole } from '@ae/trainer/node';

import type { Source } from './source.js';

/** Says whether code may run. */
export type Trust = (source: Source) => boolean | Promise<boolean>;

/** Whether this user has trained with that source on this machine, or has trusted it by `ae trust`. */
export const isTrusted: Trust = ({ sha256 }) => existsSync(fileOf(sha256));

/**
 * Trusts a source from now on: a file that is called after its checksum, in the user's own configuration folder.
 * @param why what a reader of that folder should know
 * @throws DiskError where that folder cannot be written to
 */
export const trust = ({ sha256, files }: Source, why: string): Promise<void> =>
  writeFileWhole(
    fileOf(sha256),
    `${why}, on ${new Date().toISOString()}\n${files.map((file) => `${file.sha256}  ${file.path}\n`).join('')}`,
  );

/** Where what is trusted is kept: `ae/trusted` in the place that the system has for a user's settings. */
export function trustFolder(): string {
  const { XDG_CONFIG_HOME: xdg, APPDATA: appData } = process.env;
  const settings =
    process.platform === 'win32'
      ? (appData ?? join(homedir(), 'AppData', 'Roaming'))
      : process.platform === 'darwin'
        ? join(homedir(), 'Library', 'Application Support')
        : xdg || join(homedir(), '.config');
  return join(settings, 'ae', 'trusted');
}

const fileOf = (sha256: string): string => join(trustFolder(), sha256);
