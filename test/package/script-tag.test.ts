import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { openBrowser, serve, type ServedSite } from './support/pages.js';

const bundles = join(inject('consumer').folder, 'node_modules/casement/dist/bundle');

async function readHashes(): Promise<Record<string, string>> {
  return JSON.parse(await readFile(join(bundles, 'sri.json'), 'utf8')) as Record<string, string>;
}

describe('the hashes', () => {
  it('are those of the files beside them', async () => {
    const hashes = await readHashes();
    expect(Object.keys(hashes)).toEqual(
      expect.arrayContaining(['case-list.js', 'casement.js', 'casement.all.js']),
    );
    for (const [name, hash] of Object.entries(hashes)) {
      const digest = createHash('sha384').update(await readFile(join(bundles, name)));
      expect(hash, name).toBe(`sha384-${digest.digest('base64')}`);
    }
  });
});

describe.each([
  ['casement.js', 'which fetches forms when they open'],
  ['casement.all.js', 'which never fetches code'],
])('%s, %s, by a script tag, from another origin, in a page with a strict policy', (bundle) => {
  let browser: Browser;
  let scripts: ServedSite;
  beforeAll(async () => {
    browser = await openBrowser();
    const code = await readFile(join(bundles, bundle), 'utf8');
    scripts = await serve({ [`/${bundle}`]: code, '/changed.js': `${code}\n;globalThis.changed = true;\n` });
  });
  afterAll(async () => {
    await scripts.close();
    await browser.close();
  });

  /** Opens a page that loads `file`; answers which elements are defined there and what the page complained about. */
  async function open(file: string) {
    const policy = [
      "default-src 'none'",
      `script-src ${scripts.url}`,
      "style-src 'none'",
      "connect-src 'self'",
      "require-trusted-types-for 'script'",
      'trusted-types lit-html',
    ].join('; ');
    const integrity = (await readHashes())[bundle];
    const site = await serve(
      {
        '/index.html': `<!doctype html><title>Host</title>
          <script type="module" src="${scripts.url}/${file}" integrity="${integrity}" crossorigin="anonymous"></script>
          <case-provider base-url="/" token-url="/token"><case-list></case-list></case-provider>`,
        '/favicon.ico': '',
      },
      { headers: { 'content-security-policy': policy } },
    );
    const page = await browser.newPage();
    const complaints: string[] = [];
    const requests: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (/Content Security Policy|integrity|TrustedHTML/i.test(message.text()))
        complaints.push(message.text());
    });
    page.on('request', (request) => {
      if (request.resourceType() === 'script') requests.push(request.url());
    });
    try {
      await page.goto(site.url, { waitUntil: 'load' });
      const shown = await page.evaluate(() => ({
        defined: [
          'case-provider',
          'case-list',
          'case-detail',
          'note-composer',
          'case-form',
          'case-edit-panel',
          'case-settings',
          'portal-settings',
          'inbox-settings',
          'inbox-table',
          'share-manager',
          'project-panel',
          'shared-with',
        ].filter((tag) => customElements.get(tag) !== undefined),
        changed: 'changed' in globalThis,
        rendered: document.querySelector('case-list')?.shadowRoot?.childElementCount ?? 0,
      }));
      return { ...shown, complaints, requests };
    } finally {
      await page.close();
      await site.close();
    }
  }

  it('defines every element, renders, asks for no other script at the start and breaks no policy', async () => {
    const { defined, rendered, complaints, requests } = await open(bundle);
    expect(defined).toHaveLength(13);
    expect(rendered).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
    expect(requests).toEqual([`${scripts.url}/${bundle}`]);
  });

  it('does not run at all once a byte of it was changed on the way', async () => {
    const { defined, changed, complaints } = await open('changed.js');
    expect(defined).toEqual([]);
    expect(changed).toBe(false);
    expect(complaints.join()).toMatch(/integrity/i);
  });
});
