import type { StorybookConfig } from '@storybook/web-components-vite';
import type { Plugin, UserConfig } from 'vite';

// Found before the first page asks: found later they load a second time, and two copies of Lit share no context.
const include = [
  '@lit/context',
  '@lit/localize',
  'axe-core',
  'hono',
  'hono/cors',
  'hono/html',
  'hono/http-exception',
  'idb',
  'jose',
  'kysely',
  'kysely/migration',
  'lit',
  'lit/decorators.js',
  'lit/directive-helpers.js',
  'lit/directives/cache.js',
  'lit/directives/class-map.js',
  'lit/directives/if-defined.js',
  'lit/directives/live.js',
  'lit/directives/repeat.js',
  'luxon',
  'zod/mini',
];

// `sideEffects` in package.json names built files alone: here the tag files are read as sources, and must stay.
const keepSideEffects: Plugin = {
  name: 'keep-side-effects',
  // A server bundles nothing.
  apply: 'build',
  transform: (code, id) =>
    id.includes('/node_modules/') ? undefined : { code, map: null, moduleSideEffects: true },
};

const config: StorybookConfig = {
  framework: '@storybook/web-components-vite',
  stories: ['../stories/**/*.mdx', '../stories/**/*.stories.ts'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y'],
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  features: { sidebarOnboardingChecklist: false },
  viteFinal: (vite): UserConfig => ({
    ...vite,
    // Relative, so that the built pages open from any folder of any server.
    base: './',
    plugins: [...(vite.plugins ?? []), keepSideEffects],
    build: { ...vite.build, chunkSizeWarningLimit: 4_000 },
    optimizeDeps: {
      ...vite.optimizeDeps,
      include: [...(vite.optimizeDeps?.include ?? []), ...include],
      // Fetches its database as files beside itself, which bundling beforehand would lose.
      exclude: [...(vite.optimizeDeps?.exclude ?? []), '@electric-sql/pglite'],
    },
  }),
};

export default config;
