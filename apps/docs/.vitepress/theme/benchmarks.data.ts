import { existsSync, readFileSync } from 'node:fs';
import { createMarkdownRenderer } from 'vitepress';

declare const data: string;
export { data };

const file = new URL('../../../../BENCHMARKS.md', import.meta.url);

export default {
  watch: ['../../../../BENCHMARKS.md'],
  /** The committed benchmark as HTML, under headings of the page's second rank; empty where there is none. */
  async load(): Promise<string> {
    if (!existsSync(file)) return '';
    const { render } = await createMarkdownRenderer(process.cwd());
    return render(readFileSync(file, 'utf8').replace(/^# .*$/m, ''));
  },
};
