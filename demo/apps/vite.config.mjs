import { fileURLToPath } from 'node:url';

import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

const folder = import.meta.dirname;

/** The host apps of the demonstration: `desk` in React, `portal` in Vue. */
export default defineConfig({
  root: folder,
  base: '/demo/apps/',
  logLevel: 'warn',
  publicDir: false,
  plugins: [
    {
      // The apps import the package by its name, like anybody, and Node says where that is.
      name: 'casement',
      enforce: 'pre',
      resolveId: (source) =>
        /^casement(\/|$)/.test(source) ? fileURLToPath(import.meta.resolve(source)) : null,
    },
    vue({
      template: {
        // Pictures are served by the page's own server.
        transformAssetUrls: false,
        compilerOptions: { isCustomElement: (tag) => /^(case|note|inbox)-/.test(tag) },
      },
    }),
  ],
  resolve: { conditions: ['module', 'browser', 'production'] },
  define: {
    'process.env.NODE_ENV': '"production"',
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
  },
  build: {
    outDir: fileURLToPath(new URL('../../dist/demo/apps', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      input: { desk: `${folder}/desk/main.tsx`, portal: `${folder}/portal/main.ts` },
      output: { entryFileNames: '[name].js', chunkFileNames: 'parts/[name]-[hash].js' },
    },
  },
});
