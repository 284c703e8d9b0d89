import { filesInTar } from '../archives/tar.js';
import { filesInZip } from '../archives/files-in-zip.js';
import { gunzipWhole } from '../archives/gunzip-whole.js';
import { DataError } from '../data-error.js';
import { fileOfBytes } from '../data-file.js';
import type { Archive } from '../format.js';

/** Files in one file. */
export const archive: Archive = {
  name: 'archive',
  summary:
    'One .tar, .tar.gz, .tgz or .zip of files of another format, which are read as if they were in a folder',
  takes: [],
  accepts: (names) => names.length === 1 && /\.(tar|tar\.gz|tgz|zip)$/i.test(names[0]!),
  async open([file], reading) {
    if (!file) throw new DataError('Cannot open an archive: found no file, expected one');
    const { name } = file;
    const found = await (/\.zip$/i.test(name)
      ? filesInZip(file)
      : filesInTar(/gz$/i.test(name) ? fileOfBytes(name, await gunzipWhole(file, reading)) : file));
    const files = found
      .map((each) => ({ ...each, name: each.name.replaceAll('\\', '/').replace(/^(\.?\/)+/, '') }))
      .filter((each) => !each.name.split('/').some(isHidden));
    return files.sort((a, b) => (a.name < b.name ? -1 : 1));
  },
};

const isHidden = (part: string) => part.startsWith('.') || part === '__MACOSX';
