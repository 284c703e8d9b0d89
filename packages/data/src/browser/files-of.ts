import { fileOfPage, type PageFile } from '../data-file.js';
import type { DataFile } from '../format.js';

/**
 * What a person chose with `<input type="file" multiple webkitdirectory>` or dropped, by name in the order of code units and without
 * what is hidden: the same as `filesAt` of `@ae/data/node` gives for that folder.
 */
export function filesOf(files: Iterable<PageFile> | ArrayLike<PageFile>): { files: DataFile[] } {
  const chosen = Array.from(files, (file) => {
    const { size, read, name } = fileOfPage(file);
    return { name: file.webkitRelativePath ? name.slice(name.indexOf('/') + 1) : name, size, read };
  });
  return {
    files: chosen
      .filter(({ name }) => !name.split('/').some((part) => part.startsWith('.')))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}
