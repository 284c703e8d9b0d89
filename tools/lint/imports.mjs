import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import typescript from 'typescript';

import { vueScripts } from './vue-scripts.mjs';
import { root } from './workspace-of.mjs';

const { preProcessFile, resolveModuleName, sys } = typescript;
const options = {
  module: typescript.ModuleKind.ESNext,
  moduleResolution: typescript.ModuleResolutionKind.Bundler,
  customConditions: ['@ae/source'],
  allowJs: true,
};
const cache = typescript.createModuleResolutionCache(root, (name) => name, options);

/** The files of the workspace that are kept or about to be, as paths from its root. */
export const files = () =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((file) => file && existsSync(`${root}/${file}`));

export const isCode = (file) => /\.(ts|mts|mjs|cjs|js|vue)$/.test(file);

/** Every file of TypeScript or JavaScript, and the files of this workspace that it imports, types included. */
export const importsOfFiles = (code = files().filter(isCode)) =>
  new Map(code.map((file) => [file, importsOf(file)]));

function importsOf(file) {
  const text = readFileSync(`${root}/${file}`, 'utf8');
  const scripts = file.endsWith('.vue') ? vueScripts.preprocess(text).map((script) => script.text) : [text];
  const specifiers = scripts.flatMap((script) =>
    preProcessFile(script, true, true).importedFiles.map(({ fileName }) => fileName),
  );
  return [...new Set(specifiers.flatMap((specifier) => targetOf(specifier, `${root}/${file}`) ?? []))];
}

function targetOf(specifier, from) {
  const target = specifier.endsWith('.vue')
    ? resolve(dirname(from), specifier)
    : resolveModuleName(specifier, from, options, sys, cache).resolvedModule?.resolvedFileName;
  const path = target && relative(root, target);
  return path && !path.startsWith('..') && !path.includes('node_modules/') ? path : undefined;
}
