// Builds the static Storybook and opens it as somebody would who was given its files: from a folder of a plain web
// server, without a network.
//   node test/storybook.mjs           builds and opens
//   node test/storybook.mjs FOLDER    opens what was built there
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';

import { chromium } from '@playwright/test';

import { browserArgs, ensureBrowser } from './support/browser.mjs';

const root = join(import.meta.dirname, '..');
const folder = process.argv[2] ?? join(root, 'storybook-static');
const story = 'iframe.html?viewMode=story&id=elements-case-list--of-one-customer';

if (!process.argv[2]) {
  const command = [
    'node_modules/storybook/dist/bin/dispatcher.js',
    'build',
    '--quiet',
    '--disable-telemetry',
  ];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`Storybook was not built.\n${stdout}\n${stderr}`);
}

/** @type {Record<string, string>} */
const types = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};
const server = createServer(async ({ url = '/' }, response) => {
  const path = decodeURIComponent(new URL(url, 'http://localhost').pathname);
  const file = path.replace(/^\/a\/folder\//, '').replace(/^$/, 'index.html');
  try {
    const content = await readFile(join(folder, file));
    response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream').end(content);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
const home = `http://127.0.0.1:${port}/a/folder/`;

const browser = await chromium.launch({ executablePath: await ensureBrowser(), args: browserArgs });
/** @type {string[]} */
const strangers = [];
try {
  const page = await browser.newPage();
  await page.route(
    (url) => /^(https?|wss?):$/.test(url.protocol) && !url.href.startsWith(home),
    async (route) => {
      if (!route.request().url().endsWith('/favicon.ico')) strangers.push(route.request().url());
      await route.abort();
    },
  );
  await page.goto(home + story);
  // The first thing that is read starts a database.
  await page.getByText('Card terminals lose the connection at noon').waitFor({ timeout: 120_000 });
  await page.goto(`${home}?path=/docs/casement-tokens--docs`);
  await page
    .frameLocator('#storybook-preview-iframe')
    .getByText('--case-accent')
    .first()
    .waitFor({ timeout: 120_000 });
  if (strangers.length > 0) throw new Error(`It asked elsewhere: ${strangers.join(', ')}`);
  console.log('The static Storybook opens from a folder and asks nobody else.');
} finally {
  await browser.close();
  server.close();
  server.closeAllConnections();
}
