import { katex } from '@mdit/plugin-katex';
import { defineConfig } from 'vitepress';

import { nav, sidebar } from './sidebar.js';

const source = ['@ae/source'];

export default defineConfig({
  title: '@ae',
  description:
    'Autoencoders for TypeScript: train, inspect, compare and extend them, in Node and in the browser.',
  lang: 'en',
  outDir: './dist',
  srcExclude: ['README.md', 'src/**', 'build/**'],
  head: [
    ['link', { rel: 'icon', href: '/icon.svg', type: 'image/svg+xml' }],
    ['meta', { name: 'theme-color', content: '#3d5a80' }],
  ],
  themeConfig: {
    logo: { src: '/icon.svg', alt: '' },
    nav,
    sidebar,
    outline: { level: [2, 3] },
    search: { provider: 'local' },
    notFound: {
      title: 'No such page',
      quote: 'The search above knows every page.',
      linkLabel: 'To the start page',
      linkText: 'To the start page',
    },
    docFooter: { prev: 'Before', next: 'Next' },
  },
  markdown: {
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-default' },
    config(md) {
      // Braces of a formula are no Vue expressions.
      const transformer = (html: string) => html.replace(/^<(\w+)/, '<$1 v-pre');
      // VitePress and the plugin have their types of the same markdown-it from two packages.
      katex(md as unknown as Parameters<typeof katex>[0], { mathFence: true, transformer });
    },
  },
  vite: {
    resolve: { conditions: source },
    ssr: { resolve: { conditions: source }, noExternal: [/^@ae\//] },
    worker: { format: 'es' },
    // What vite finds late it bundles late, and reloads the page for: the first click on a demo would be lost.
    optimizeDeps: { entries: ['src/demos/**/*.{vue,ts}'] },
    build: { chunkSizeWarningLimit: 2000 }, // TensorFlow.js, which only pages that train ask for
  },
});
