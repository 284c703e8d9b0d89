/** The lines that the page's snippets print, with `cwd` as their folder. */
export function runSnippets(page: URL, options?: { cwd?: string }): Promise<string[]>;
