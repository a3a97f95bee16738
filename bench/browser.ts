import { brotliCompressSync } from 'node:zlib';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { Hono } from 'hono';
import puppeteer, { type Browser } from 'puppeteer-core';
import { rollup } from 'rollup';

import { startServer, type RunningServer } from '../server/cli/serve.js';
import { readConfig } from '../server/cli/config.js';
import { browserArgs, ensureBrowser } from '../test/support/browser.mjs';
import { percentile, type Figure } from './support/measure.js';
import { unlimited } from './support/server.js';
import { openWorld, tenant } from './support/world.js';

const pages = join(import.meta.dirname, 'pages');
// The package declares the types of another module system.
const minify = terser as unknown as (typeof terser)['default'];
const rounds = 15;
const contestants = ['casement', 'vaadin-grid', 'ag-grid'] as const;
type Contestant = (typeof contestants)[number];

const names: Readonly<Record<Contestant, string>> = {
  casement: '<case-list>',
  'vaadin-grid': 'Vaadin grid',
  'ag-grid': 'AG Grid',
};

/** The first of 25 rows on the screen, beside two grids with the same rows of the same server; and a list of 10,000. */
export async function browser(): Promise<Figure[]> {
  installGrids();
  const scripts = await bundleAll();
  const world = await openWorld(10_000);
  const server = await startServer({
    ...readConfig({
      DATABASE_URL: world.url,
      PORT: '0',
      CASEMENT_JWT_SECRET: 'a secret for measurements alone, here',
      ...unlimited,
    }),
    mount: (app, tools) => {
      app.route(
        '/bench',
        host(scripts, () =>
          tools.sign({ sub: 'bench-agent', tenant, kind: 'agent', roles: ['system-administrator'] }, '1h'),
        ),
      );
    },
  });
  const chrome = await puppeteer.launch({
    executablePath: await ensureBrowser(),
    args: browserArgs,
    protocolTimeout: 300_000,
  });
  try {
    return [...(await firstRows(chrome, server, scripts)), ...(await longList(chrome, server))];
  } finally {
    await chrome.close();
    await server.stop();
    await world.stop();
  }
}

function installGrids(): void {
  if (existsSync(join(pages, 'node_modules/ag-grid-community'))) return;
  console.log('  installing the grids to measure beside …');
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: pages,
    stdio: 'ignore',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error('The grids of bench/pages/package.json could not be installed.');
}

async function bundleAll(): Promise<ReadonlyMap<string, Buffer>> {
  const scripts = new Map<string, Buffer>();
  for (const name of contestants) {
    const bundle = await rollup({
      input: join(pages, `${name}.js`),
      plugins: [
        nodeResolve({ browser: true, exportConditions: ['production'] }),
        minify({ module: true, ecma: 2020 }),
      ],
      onwarn: () => undefined,
    });
    const { output } = await bundle.generate({
      format: 'es',
      entryFileNames: `${name}.js`,
      chunkFileNames: `${name}-[name].js`,
    });
    for (const file of output) if (file.type === 'chunk') scripts.set(file.fileName, Buffer.from(file.code));
    await bundle.close();
  }
  return scripts;
}

/** Pages that differ in their one script alone, compressed as a host would. */
function host(scripts: ReadonlyMap<string, Buffer>, token: () => Promise<string>): Hono {
  const app = new Hono();
  const packed = new Map(
    [...scripts].map(([name, code]) => [name, new Uint8Array(brotliCompressSync(code))]),
  );
  app.get('/token', async (context) => context.text(await token()));
  app.get('/:page{.+\\.html}', async (context) => {
    const name = context.req.param('page').replace('.html', '');
    const template = await readFile(join(pages, 'page.html'), 'utf8');
    return context.html(template.replaceAll('NAME', name).replace('TOKEN', await token()));
  });
  app.get('/:script{.+\\.js}', (context) => {
    const code = packed.get(context.req.param('script'));
    if (!code) return context.notFound();
    return new Response(code, {
      headers: { 'Content-Type': 'text/javascript', 'Content-Encoding': 'br', 'Cache-Control': 'no-store' },
    });
  });
  return app;
}

async function firstRows(
  chrome: Browser,
  server: RunningServer,
  scripts: ReadonlyMap<string, Buffer>,
): Promise<Figure[]> {
  const times: Record<Contestant, number[]> = { casement: [], 'vaadin-grid': [], 'ag-grid': [] };
  for (let round = 0; round <= rounds; round++) {
    for (const name of contestants) {
      const context = await chrome.createBrowserContext();
      const page = await context.newPage();
      await page.setViewport({ width: 1280, height: 900 });
      await page.goto(`${server.url}/bench/${name}.html`);
      const painted = await page.waitForFunction(
        () => Reflect.get(window, 'firstRowPainted') as number | undefined,
      );
      // The first round warms the server and the browser up.
      if (round > 0) times[name].push((await painted.jsonValue()) ?? NaN);
      await context.close();
    }
  }
  const ours = percentile(times.casement, 0.5);
  return contestants.flatMap((name) => {
    const painted = percentile(times[name], 0.5);
    const size = brotliCompressSync(scripts.get(`${name}.js`) ?? Buffer.alloc(0)).length / 1024;
    const against = name === 'casement' ? undefined : names.casement;
    return [
      {
        area: '25 rows',
        what: `${names[name]}: first row painted, p50`,
        value: painted,
        unit: 'ms',
        ratio: against === undefined ? undefined : painted / ours,
        against,
      },
      { area: '25 rows', what: `${names[name]}: script, Brotli`, value: size, unit: 'KiB' },
    ] satisfies Figure[];
  });
}

/** What `pages/scroll.js` answers. */
interface Scrolled {
  readonly rows: number;
  readonly frames: readonly number[];
  readonly elements: number;
  readonly took: number;
}

/** Scrolls to the end of 10,000 rows as they come. */
async function longList(chrome: Browser, server: RunningServer): Promise<Figure[]> {
  const page = await chrome.newPage();
  await page.setViewport({ width: 1280, height: 900 });
  await page.goto(`${server.url}/bench/casement.html#all`);
  await page.waitForFunction(() => Reflect.get(window, 'firstRowPainted') as number | undefined);
  const script = await readFile(join(pages, 'scroll.js'), 'utf8');
  const result = (await page.evaluate(`${script}; scrollThrough(10_000)`)) as Scrolled;
  await page.close();
  const area = `${result.rows.toLocaleString('en')} rows`;
  return [
    { area, what: 'scrolled to the end, every page fetched', value: result.took, unit: 'ms' },
    { area, what: 'a frame while scrolling, p95', value: percentile(result.frames, 0.95), unit: 'ms' },
    { area, what: 'the longest frame', value: Math.max(...result.frames), unit: 'ms' },
    { area, what: 'elements in the list at the end', value: result.elements, unit: 'nodes' },
  ];
}
