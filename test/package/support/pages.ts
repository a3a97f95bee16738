import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, relative } from 'node:path';

import { createAdaptorServer } from '@hono/node-server';
import { chromium, type Browser } from '@playwright/test';
import { build } from 'vite';
import { inject } from 'vitest';

/** The browser the tests share; what is opened in it is closed with it. */
export function openBrowser(): Promise<Browser> {
  return chromium.connect(inject('browser'));
}

/** Bundles `source` in the consumer's folder, as an application would; answers the code. */
export async function bundleApplication(source: string): Promise<string> {
  const { '/main.js': code = '' } = await bundle({ main: source }, false);
  return code;
}

/** Bundles several applications at once, by name, as the pages of one site: `/NAME.js` and what they share. */
export function bundlePages(sources: Readonly<Record<string, string>>): Promise<Site> {
  return bundle(sources, true);
}

async function bundle(sources: Readonly<Record<string, string>>, codeSplitting: boolean): Promise<Site> {
  const { folder } = inject('consumer');
  const place = await mkdtemp(join(folder, 'app-'));
  const entry = Object.fromEntries(Object.keys(sources).map((name) => [name, join(place, `${name}.js`)]));
  for (const [name, source] of Object.entries(sources)) await writeFile(join(place, `${name}.js`), source);
  try {
    await build({
      root: place,
      configFile: false,
      logLevel: 'error',
      // Test runners set NODE_ENV so that Vite would choose what is meant for development.
      resolve: { conditions: ['module', 'browser', 'production'] },
      define: { 'process.env.NODE_ENV': '"production"' },
      build: {
        outDir: join(place, 'out'),
        minify: false,
        target: 'es2022',
        modulePreload: false,
        lib: { entry, formats: ['es'], fileName: (_, name) => `${name}.js` },
        rolldownOptions: { output: { codeSplitting, chunkFileNames: 'shared/[name]-[hash].js' } },
      },
    });
    const files = await readdir(join(place, 'out'), { recursive: true, withFileTypes: true });
    const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
    const texts = paths.map(async (path) => {
      const name = relative(join(place, 'out'), path).replaceAll('\\', '/');
      return [`/${name}`, await readFile(path, 'utf8')] as const;
    });
    return Object.fromEntries(await Promise.all(texts));
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

/** Files by path. */
export type Site = Readonly<Record<string, string>>;

export interface ServedSite {
  readonly url: string;
  close(): Promise<void>;
}

export interface ServeOptions {
  /** Sent with every file. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Answers what is no file. */
  readonly otherwise?: (request: Request) => Response | Promise<Response>;
}

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
};

/** Serves files; pages of any origin may load them. */
export async function serve(site: Site, { headers = {}, otherwise }: ServeOptions = {}): Promise<ServedSite> {
  const notFound = () => new Response('Not found.', { status: 404 });
  const server = createAdaptorServer({
    fetch: (request: Request) => {
      const { pathname } = new URL(request.url);
      const name = pathname === '/' ? '/index.html' : pathname;
      const file = site[name];
      if (file === undefined) return (otherwise ?? notFound)(request);
      const contentType = mediaTypes[extname(name)] ?? 'text/plain';
      return new Response(file, {
        headers: { 'content-type': contentType, 'access-control-allow-origin': '*', ...headers },
      });
    },
  }) as Server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
