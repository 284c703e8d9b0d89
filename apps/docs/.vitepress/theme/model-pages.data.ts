import { readdirSync } from 'node:fs';

declare const data: string[];
export { data };

/** Names of the models that have a page. */
export default {
  watch: ['../../models/*.md'],
  load: (): string[] =>
    readdirSync(new URL('../../models/', import.meta.url))
      .filter((file) => file.endsWith('.md') && file !== 'index.md')
      .map((file) => file.slice(0, -3)),
};
