import { readFileSync, readdirSync } from 'node:fs';

const root = new URL('../', import.meta.url);

/** A page that somebody wrote: not the API reference, which is made. */
export interface Page {
  /** `models/vae.md` */
  path: string;
  url: URL;
  text: string;
}

/** Every written page of the site. */
export function pages(): Page[] {
  return ['.', 'demos', 'figures', 'models']
    .flatMap((folder) => readdirSync(new URL(`${folder}/`, root)).map((file) => `${folder}/${file}`))
    .filter((path) => path.endsWith('.md') && !path.endsWith('README.md'))
    .map((path) => path.replace(/^\.\//, ''))
    .map((path) => {
      const url = new URL(path, root);
      return { path, url, text: readFileSync(url, 'utf8') };
    });
}

/** The insides of a page's code blocks of one language. */
export const blocksOf = ({ text }: Page, language: string): string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, inside]) => inside!);
