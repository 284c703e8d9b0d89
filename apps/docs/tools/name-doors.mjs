// A TypeDoc plugin: calls a door what an import line calls it, `@ae/viz/node` for packages/viz/src/node.ts.
import { Converter, ReflectionKind } from 'typedoc';

export const load = (app) =>
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const door of project.getReflectionsByKind(ReflectionKind.Module)) {
      const [, name, platform] = /^([\w-]+)\/src(?:\/(\w+))?$/.exec(door.name) ?? [];
      if (!name)
        throw new Error(
          `Cannot name a door: found "${door.name}", expected <package>/src or <package>/src/<door>`,
        );
      door.name = !platform || platform === 'index' ? `@ae/${name}` : `@ae/${name}/${platform}`;
    }
  });
