import { dirname } from 'node:path';

/** What a program did to its files, as `journal.mjs` notes it. */
export interface Entry {
  op: 'create' | 'append' | 'truncate' | 'flush' | 'rename' | 'link' | 'remove';
  path: string;
  to?: string;
  data?: string;
  length?: number;
  /** Whether opening it left what was in it. */
  keeps?: boolean;
}

/** A file's contents under its name. */
export type Files = Map<string, Buffer>;

/**
 * The files after a power cut: of the first `count` entries, those that no later flush has made lasting are lost where
 * `isLost` says so. A flush of a file keeps what was written to it; a flush of a folder keeps the names in it.
 */
export function afterPowerCut(entries: readonly Entry[], count: number, isLost: () => boolean): Files {
  const inodeOf = namesToInodes();
  const done = entries.slice(0, count).map((entry) => ({ entry, ...inodeOf(entry) }));
  const lasts = (at: number): boolean => {
    const { entry, inode } = done[at]!;
    return done
      .slice(at + 1)
      .some((later) =>
        later.entry.op !== 'flush'
          ? false
          : isContent(entry)
            ? later.inode === inode
            : [entry.path, entry.to ?? entry.path].every((path) => later.entry.path === dirname(path)),
      );
  };
  const contents = new Map<number, Buffer>();
  const names = new Map<string, number>();
  done.forEach(({ entry, inode, isNew }, at) => {
    if (entry.op === 'flush') return;
    // A new file is a name and its contents; a name that is lost leaves contents that nobody finds.
    const lost = !lasts(at) && isLost();
    if (entry.op === 'create' && isNew) contents.set(inode, Buffer.alloc(0));
    if (entry.op === 'create' && !isNew && !entry.keeps && !lost) contents.set(inode, Buffer.alloc(0));
    if (lost) return;
    if (entry.op === 'create' || entry.op === 'append')
      contents.set(
        inode,
        Buffer.concat([contents.get(inode) ?? Buffer.alloc(0), Buffer.from(entry.data ?? '', 'base64')]),
      );
    if (entry.op === 'truncate')
      contents.set(inode, (contents.get(inode) ?? Buffer.alloc(0)).subarray(0, entry.length));
    if (entry.op === 'create' && isNew) names.set(entry.path, inode);
    if (entry.op === 'rename' || entry.op === 'link') names.set(entry.to!, inode);
    if (entry.op === 'rename' || entry.op === 'remove') names.delete(entry.path);
  });
  return new Map([...names].map(([path, inode]) => [path, contents.get(inode) ?? Buffer.alloc(0)]));
}

const isContent = ({ op }: Entry) => op === 'append' || op === 'truncate';

/** Follows which file a name means, entry by entry. */
function namesToInodes() {
  const inodes = new Map<string, number>();
  let last = 0;
  return ({ op, path, to }: Entry): { inode: number; isNew: boolean } => {
    const known = inodes.get(path);
    const inode = known ?? ++last;
    if (op === 'create') inodes.set(path, inode);
    if (op === 'rename' || op === 'remove') inodes.delete(path);
    if (op === 'rename' || op === 'link') inodes.set(to!, inode);
    return { inode, isNew: known === undefined };
  };
}
