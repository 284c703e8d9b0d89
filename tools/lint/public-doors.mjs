import { dirname, relative, resolve } from 'node:path';

import { mayImport } from './may-import.mjs';
import { root, workspaceOf } from './workspace-of.mjs';

/**
 * A file imports another package of ours by a door that its `package.json` declares, never by a path, so that what is
 * declared is what is used; sources import what the table of arrows allows.
 */
export const publicDoors = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      path: 'A relative path stays in its package: import {{other}} by a door, and declare it in {{manifest}}.',
      own: 'A package imports its own files by relative path.',
      arrow: '{{name}} may import {{allowed}}.',
      undeclared: '"{{dependency}}" is not declared in {{manifest}}.',
      forUsers: '"{{dependency}}" is for sources: declare it in {{manifest}} as a dependency or a peer.',
    },
  },
  create(context) {
    const file = context.physicalFilename;
    const home = workspaceOf(file);
    const check = (source, isType = false) => {
      const problem = source && problemOf(source.value, isType);
      if (problem) context.report({ node: source, ...problem });
    };
    return {
      ImportDeclaration: ({ source, importKind }) => check(source, importKind === 'type'),
      ExportAllDeclaration: ({ source, exportKind }) => check(source, exportKind === 'type'),
      ExportNamedDeclaration: ({ source, exportKind }) => check(source, exportKind === 'type'),
      ImportExpression: ({ source }) => check(typeof source.value === 'string' && source),
      TSImportType: ({ source }) => check(source, true),
    };

    function problemOf(specifier, isType) {
      if (specifier.startsWith('.')) return outside(resolve(dirname(file), specifier));
      if (/^(node|data|virtual):|^\//.test(specifier)) return undefined;
      const dependency = /^(@[^/]+\/)?[^/]+/.exec(specifier)[0];
      if (dependency === home.manifest.name) return { messageId: 'own' };
      return forbidden(dependency) ?? undeclared(dependency, isType);
    }

    function outside(target) {
      const other = workspaceOf(target);
      if (other === home || isSetting(target)) return undefined;
      return { messageId: 'path', data: { other: other.manifest.name, manifest: manifestOf(home) } };
    }

    function forbidden(dependency) {
      const allowed = isSource() && mayImport[relative(`${root}/packages`, home.folder)];
      const name = dependency.startsWith('@ae/') && dependency.slice('@ae/'.length);
      if (!allowed || !name || allowed.includes(name)) return undefined;
      const list = allowed.map((other) => `@ae/${other}`).join(', ') || 'no package of ours';
      return { messageId: 'arrow', data: { name: home.manifest.name, allowed: list } };
    }

    function undeclared(dependency, isType) {
      const { dependencies, peerDependencies, devDependencies } = home.manifest;
      const data = { dependency, manifest: manifestOf(home) };
      if (dependency in { ...dependencies, ...peerDependencies }) return undefined;
      const isForUsers = isSource() && !isType && !home.manifest.private;
      if (dependency in { ...devDependencies })
        return isForUsers ? { messageId: 'forUsers', data } : undefined;
      // What tests and settings share, such as the test runner, is declared once, in the root.
      const isShared = !isSource() && !dependency.startsWith('@ae/');
      if (isShared && dependency in workspaceOf(`${root}/package.json`).manifest.devDependencies)
        return undefined;
      return { messageId: 'undeclared', data };
    }

    function isSource() {
      return relative(home.folder, file).startsWith('src/');
    }
  },
};

/** A file right in tools/ or at the root: settings and helpers that all workspaces share, which every target of nx.json has as input. */
const isSetting = (target) => [root, `${root}/tools`].includes(dirname(target));
const manifestOf = ({ folder }) => relative(root, `${folder}/package.json`);
