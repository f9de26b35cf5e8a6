import { readdirSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitepress';

const decisionsFolder = new URL('../decisions/', import.meta.url);
const decisions = readdirSync(decisionsFolder)
  .sort()
  .map((file) => {
    const [, heading = file] = /^# (.*)$/m.exec(readFileSync(new URL(file, decisionsFolder), 'utf8')) ?? [];
    return { text: heading, link: `/decisions/${file.replace(/\.md$/, '')}` };
  });

export default defineConfig({
  title: 'riffq',
  description: 'Your data speaks PostgreSQL: answer psql, every driver and every BI tool from TypeScript.',
  themeConfig: {
    nav: [
      { text: 'Guides', link: '/guides/getting-started' },
      { text: 'Reference', link: '/reference/errors' },
    ],
    sidebar: [
      {
        text: 'Guides',
        items: [
          { text: 'Getting started', link: '/guides/getting-started' },
          { text: 'Arrow', link: '/guides/arrow' },
          { text: 'Authentication', link: '/guides/authentication' },
          { text: 'TLS', link: '/guides/tls' },
          { text: 'The catalog', link: '/guides/catalog' },
          { text: 'Limits, and a graceful stop', link: '/guides/limits' },
          { text: 'What a server tells', link: '/guides/observability' },
          { text: 'The way of a query', link: '/guides/way-of-a-query' },
          { text: 'A proxy before PostgreSQL', link: '/guides/postgres-proxy' },
        ],
      },
      {
        text: 'Reference',
        items: [
          { text: 'Compatibility', link: '/compatibility' },
          { text: 'Arrow types', link: '/reference/arrow-types' },
          { text: 'Errors', link: '/reference/errors' },
          { text: 'API', link: '/reference/api/' },
        ],
      },
      { text: 'Decisions', collapsed: true, items: decisions },
    ],
    search: { provider: 'local' },
  },
});
