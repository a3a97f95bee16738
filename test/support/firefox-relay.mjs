#!/usr/bin/env node
// Firefox for Playwright. Of what Playwright asks of every new page, an older Firefox does not know how to choose media
// features, such as the colour scheme; the tests choose none. Everything else goes through as it is.
//   CASEMENT_FIREFOX=/usr/bin/firefox node test/support/firefox-relay.mjs ARGUMENTS
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

import { WebSocket, WebSocketServer } from 'ws';

const dispensable = 'emulation.setMediaFeaturesOverride';

/**
 * Passes on what two ends say to each other.
 *
 * @param {WebSocket} playwright
 * @param {string} firefox - The address.
 */
function relay(playwright, firefox) {
  const browser = new WebSocket(firefox, { perMessageDeflate: false, maxPayload: 256 * 1024 * 1024 });
  /** @type {string[]} */
  const waiting = [];
  /** @type {Set<number>} */
  const asked = new Set();
  playwright.on('message', (data) => {
    const text = String(data);
    if (text.includes(dispensable)) asked.add(JSON.parse(text).id);
    if (browser.readyState === WebSocket.OPEN) browser.send(text);
    else waiting.push(text);
  });
  browser.on('open', () => waiting.forEach((text) => browser.send(text)));
  browser.on('message', (data) => {
    const text = String(data);
    playwright.send(asked.size > 0 ? granted(text, asked) : text);
  });
  browser.on('close', () => playwright.close());
  playwright.on('close', () => browser.close());
  for (const end of [browser, playwright]) end.on('error', () => end.terminate());
}

/**
 * The answer, or success where the command is not known.
 *
 * @param {string} text
 * @param {Set<number>} asked
 */
function granted(text, asked) {
  const { id, error } = JSON.parse(text);
  if (!asked.delete(id) || error !== 'unknown command') return text;
  return JSON.stringify({ type: 'success', id, result: {} });
}

const child = spawn(process.env['CASEMENT_FIREFOX'] ?? 'firefox', process.argv.slice(2), {
  stdio: ['ignore', 'inherit', 'pipe'],
});
child.on('exit', (code) => process.exit(code ?? 1));
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.on(signal, () => child.kill(signal));

for await (const line of createInterface({ input: child.stderr })) {
  const address = /WebDriver BiDi listening on (ws:\S+)/.exec(line)?.[1];
  if (!address) {
    console.error(line);
    continue;
  }
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  server.on('connection', (socket, { url }) => relay(socket, `${address}${url}`));
  server.on('listening', () => {
    const own = /** @type {import('node:net').AddressInfo} */ (server.address());
    console.error(`WebDriver BiDi listening on ws://127.0.0.1:${own.port}`);
  });
}
