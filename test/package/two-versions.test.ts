import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { version } from '../../components/shared/version.js';
import { openBrowser, serve, type ServedSite } from './support/pages.js';

const file = join(inject('consumer').folder, 'node_modules/casement/dist/bundle/casement.all.js');

describe('two versions of the script-tag file in one page', () => {
  let browser: Browser;
  let site: ServedSite;
  beforeAll(async () => {
    browser = await openBrowser();
    const code = await readFile(file, 'utf8');
    const newer = code.replaceAll(`"${version}"`, '"9.9.9"');
    expect(newer, 'the file says which version it is').not.toBe(code);
    const page = (second: string) => `<!doctype html><title>Host</title>
      <script type="module" src="/first.js"></script><script type="module" src="/${second}.js"></script>
      <case-provider base-url="/" token-url="/token"><case-list></case-list></case-provider>`;
    site = await serve({
      '/first.js': code,
      '/same.js': `${code}\n;globalThis.second = true;\n`,
      '/newer.js': `${newer}\n;globalThis.second = true;\n`,
      '/index.html': page('newer'),
      '/twice.html': page('same'),
      '/favicon.ico': '',
    });
  });
  afterAll(async () => {
    await site.close();
    await browser.close();
  });

  async function open(path: string) {
    const page = await browser.newPage();
    const mistakes: string[] = [];
    const warnings: string[] = [];
    page.on('pageerror', (error) => mistakes.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'warning') warnings.push(message.text());
    });
    try {
      await page.goto(`${site.url}${path}`, { waitUntil: 'load' });
      await page.waitForFunction(
        () => 'second' in globalThis && document.querySelector('case-list')?.shadowRoot?.childElementCount,
      );
      return { mistakes, warnings };
    } finally {
      await page.close();
    }
  }

  it('leave the first at work and say aloud, once, that they meet', async () => {
    const { mistakes, warnings } = await open('/index.html');
    expect(mistakes).toEqual([]);
    const said = warnings.filter((text) => text.includes('already defined'));
    expect(said).toHaveLength(1);
    expect(said[0]).toContain('Casement 9.9.9');
    expect(said[0]).toContain(`by Casement ${version}`);
  });

  it('say nothing where it is one version twice', async () => {
    const { mistakes, warnings } = await open('/twice.html');
    expect(mistakes).toEqual([]);
    expect(warnings.filter((text) => text.includes('already defined'))).toEqual([]);
  });
});
