// Navigation, from what is there: a page in models/ or demos/ appears by being there.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import type { DefaultTheme } from 'vitepress';

const root = new URL('../', import.meta.url);

export const nav: DefaultTheme.NavItem[] = [
  { text: 'Tutorial', link: '/tutorial' },
  { text: 'Demos', link: '/demos/latent-explorer', activeMatch: '^/demos/' },
  { text: 'Models', link: '/models/', activeMatch: '^/models/' },
  { text: 'Figures', link: '/figures/gallery', activeMatch: '^/figures/' },
  { text: 'API', link: '/api/', activeMatch: '^/api/' },
];

export const sidebar: DefaultTheme.SidebarItem[] = [
  {
    text: 'Learn',
    items: [
      { text: 'Tutorial', link: '/tutorial' },
      { text: 'Data of your own', link: '/own-data' },
      { text: 'Weights in and out', link: '/weights' },
      { text: 'Finding anomalies', link: '/anomalies' },
      { text: 'The command line', link: '/command-line' },
      { text: 'Runs from a program', link: '/runs' },
      { text: 'Backends and speed', link: '/backends' },
      { text: 'Right gradients', link: '/gradients' },
      { text: 'What it survives', link: '/what-it-survives' },
      { text: 'What the original plots show', link: '/origin' },
    ],
  },
  { text: 'Play', items: pagesOf('demos') },
  { text: 'Models', items: [{ text: 'All models', link: '/models/' }, ...pagesOf('models')] },
  {
    text: 'Figures',
    items: [
      { text: 'Gallery', link: '/figures/gallery' },
      { text: 'How to read them', link: '/figures/reading' },
    ],
  },
  { text: 'API', items: [{ text: 'All packages', link: '/api/' }, ...api()] },
  { text: 'Why it is so', collapsed: true, items: pagesOf('decisions') },
];

/** The pages of a folder, by the `order` of their front matter and their name, under their headings. */
function pagesOf(folder: string): DefaultTheme.SidebarItem[] {
  return readdirSync(new URL(`${folder}/`, root))
    .filter((file) => file.endsWith('.md') && file !== 'index.md')
    .map((file) => {
      const page = readFileSync(new URL(`${folder}/${file}`, root), 'utf8');
      const order = Number(/^order: (\d+)$/m.exec(page)?.[1] ?? 99);
      const heading = /^# (.+)$/m.exec(page)?.[1];
      if (!heading) throw new Error(`Cannot list ${folder}/${file}: found no heading, expected "# <title>"`);
      return { text: heading, link: `/${folder}/${file.slice(0, -3)}`, order };
    })
    .sort((a, b) => a.order - b.order || a.link.localeCompare(b.link))
    .map(({ text, link }) => ({ text, link }));
}

function api(): DefaultTheme.SidebarItem[] {
  const file = new URL('api/typedoc-sidebar.json', root);
  if (!existsSync(file))
    throw new Error('Cannot list the API: found no api/, run `npm run docs` or `npm run build`');
  return JSON.parse(readFileSync(file, 'utf8')) as DefaultTheme.SidebarItem[];
}
