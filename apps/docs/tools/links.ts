import { existsSync, readFileSync, readdirSync } from 'node:fs';

/** What was followed, and what leads nowhere. */
export interface LinkReport {
  count: number;
  faults: string[];
}

/** The built pages of a site, `models/vae.html`. */
export const htmlPages = (site: URL): string[] =>
  (readdirSync(site, { recursive: true }) as string[])
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.html'))
    .sort();

/** Follows every link within the built site, to the page and to the anchor in it. */
export function checkLinks(site: URL): LinkReport {
  const texts = new Map(htmlPages(site).map((path) => [path, readFileSync(new URL(path, site), 'utf8')]));
  const anchors = new Map([...texts].map(([path, text]) => [path, anchorsOf(text)]));
  const faults: string[] = [];
  let count = 0;
  for (const [path, text] of texts) {
    for (const link of linksOf(text)) {
      count++;
      const target = new URL(link, new URL(path, 'http://site/'));
      const page = pageAt(site, decodeURIComponent(target.pathname));
      if (page === undefined) faults.push(`${path}: ${link} leads to no file`);
      else if (target.hash.length > 1 && !anchors.get(page)?.has(decodeURIComponent(target.hash.slice(1))))
        faults.push(`${path}: ${link} leads to no such place in ${page}`);
    }
  }
  return { count, faults: [...new Set(faults)] };
}

/** The file of the built site that a path means. */
const pageAt = (site: URL, path: string): string | undefined =>
  [path, `${path}index.html`, `${path}.html`, `${path}/index.html`]
    .map((candidate) => candidate.replace(/^\//, ''))
    .find(
      (candidate) => candidate !== '' && !candidate.endsWith('/') && existsSync(new URL(candidate, site)),
    );

const anchorsOf = (html: string): Set<string> =>
  new Set([...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => unescape(id!)));

/** Links, pictures and scripts of a page that stay within the site. */
const linksOf = (html: string): string[] =>
  [...html.matchAll(/\s(?:href|src)="([^"]*)"/g)]
    .map(([, link]) => unescape(link!))
    .filter((link) => link !== '' && !/^(?:[a-z]+:|\/\/)/i.test(link));

const unescape = (text: string): string =>
  text.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>');
