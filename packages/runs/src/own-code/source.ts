import { existsSync, statSync } from 'node:fs';
import { dirname, extname, join, relative, resolve, sep } from 'node:path';

import { sha256 } from '@ae/models';
import { readRegularFile } from '@ae/trainer/node';

import { UsageError } from '../errors.js';

/** A model's own source: its file, and what that imports of the files beside it. */
export interface Source {
  /** The file with the model, among `files`. */
  entry: string;
  files: readonly SourceFile[];
  /** Of the only file or, where there are several, of the list of their names and checksums. */
  sha256: string;
}

export interface SourceFile {
  /** Where it lies among the others, with `/`. */
  path: string;
  text: string;
  sha256: string;
}

/** A source, and where it lies on this machine. */
export interface LocatedSource extends Source {
  /** The file with the model, absolute. */
  file: string;
}

const extensions = ['', '.ts', '.mts', '.js', '.mjs', '.json'];
const relativeImports = /\b(?:from|import|require)\s*\(?\s*(['"])(\.{1,2}\/[^'"\n]*)\1/g;

/**
 * Reads a model's file and every file that it imports by a relative path.
 * @throws UsageError where it is a folder, or imports a file that is not there
 */
export async function readSource(file: string): Promise<LocatedSource> {
  const texts = new Map<string, string>();
  const left = [resolve(file)];
  for (let path = left.pop(); path !== undefined; path = left.pop()) {
    if (texts.has(path)) continue;
    const text = (await readRegularFile(path)).toString('utf8');
    texts.set(path, text);
    for (const [, , specifier] of text.matchAll(relativeImports)) left.push(imported(path, specifier!));
  }
  const root = commonFolder([...texts.keys()]);
  const files = [...texts].map(([path, text]) => ({
    path: texts.size === 1 ? `model${extname(path)}` : relative(root, path).split(sep).join('/'),
    text,
    sha256: sha256(Buffer.from(text)),
  }));
  return { ...sourceOf(files[0]!.path, files), file: resolve(file) };
}

/** Files as a source; the same whatever order they are given in. */
export function sourceOf(entry: string, files: readonly SourceFile[]): Source {
  const lines = files.map((file) => `${file.sha256}  ${file.path}\n`).sort();
  return {
    entry,
    files,
    sha256: files.length === 1 ? files[0]!.sha256 : sha256(Buffer.from(`${entry}\n${lines.join('')}`)),
  };
}

function imported(from: string, specifier: string): string {
  const path = join(dirname(from), specifier);
  // TypeScript's own way to name a module: './parts.js' for the file parts.ts.
  const candidates = [...extensions.map((extension) => path + extension), path.replace(/\.js$/, '.ts')];
  const found = candidates.find((candidate) => existsSync(candidate) && statSync(candidate).isFile());
  if (found) return found;
  throw new UsageError(
    `Cannot load ${from}: it imports "${specifier}", which is not there, expected a file of that name`,
  );
}

function commonFolder(paths: readonly string[]): string {
  let root = dirname(paths[0]!);
  while (!paths.every((path) => path.startsWith(root.endsWith(sep) ? root : root + sep)))
    root = dirname(root);
  return root;
}
