import { execFile } from 'node:child_process';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { bundleApplication, bundlePages, openBrowser, serve } from './support/pages.js';
import { readEntries } from './support/entries.js';

const run = promisify(execFile);
const tags = [
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
];

// A new export has to be put somewhere here, or no test would know where it is meant to run.
const onlyNode = ['casement/server'];
const onlyBrowser = ['casement/casement.js', 'casement/casement.all.js'];

const { folder } = inject('consumer');

/** Runs `code` as a module of the consumer; answers what it prints. */
async function runInNode(code: string): Promise<string> {
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', code], { cwd: folder });
  return stdout.trim();
}

describe('in Node', () => {
  it('imports every module that is not for browsers alone, each in a process of its own', async () => {
    const { modules } = await readEntries();
    const specifiers = modules
      .map(({ specifier }) => specifier)
      .filter((name) => !onlyBrowser.includes(name));
    const imported = await Promise.all(
      specifiers.map((specifier) =>
        runInNode(`console.log(Object.keys(await import('${specifier}')).length >= 0 ? '${specifier}' : '')`),
      ),
    );
    expect(imported).toEqual(specifiers);
  });

  it('finds the main exports of the client and of the server under their names', async () => {
    const client = await runInNode(`console.log(typeof (await import('casement')).createCaseClient)`);
    const server = await runInNode(
      `const { createApp, createEngine, signToken } = await import('casement/server');
       console.log(typeof createApp, typeof createEngine, typeof signToken)`,
    );
    const adapters = await runInNode(
      `const { createMappedRestBackend, createRequestTrackerBackend, createZohoDeskBackend } = await import('casement/server');
       console.log(typeof createMappedRestBackend, typeof createRequestTrackerBackend, typeof createZohoDeskBackend)`,
    );
    expect([client, server, adapters]).toEqual([
      'function',
      'function function function',
      'function function function',
    ]);
  });

  it('imports the client without a DOM and without loading an element', async () => {
    const loaded = await runInNode(
      `await import('casement'); console.log(typeof customElements, typeof HTMLElement)`,
    );
    expect(loaded).toBe('undefined undefined');
  });

  it('reads the data of every export that is data', async () => {
    const { data } = await readEntries();
    expect(data.length).toBeGreaterThan(4);
    for (const { specifier } of data) {
      const read = `import value from '${specifier}' with { type: 'json' }; console.log(typeof value)`;
      expect(await runInNode(read), specifier).toBe('object');
    }
  });

  it('shows nothing that is not exported', async () => {
    await expect(runInNode(`await import('casement/dist/server/app.js')`)).rejects.toThrow(
      'ERR_PACKAGE_PATH_NOT_EXPORTED',
    );
  });

  it('runs its program', async () => {
    const program = join(folder, 'node_modules/casement/dist/server/main.js');
    const { stdout } = await run(process.execPath, [program, '--help'], { cwd: folder });
    expect(stdout).toContain('casement serve');
  });
});

describe('in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  interface Ran {
    readonly result: unknown;
    readonly errors: string[];
  }

  /**
   * Runs applications, each in a page of its own; answers what they put into `result`, and what their pages complained
   * about. They are bundled at once: what each of them imports is still all that its page loads.
   */
  async function runInPages(sources: readonly string[]): Promise<Ran[]> {
    const named = Object.fromEntries(sources.map((source, index) => [`page-${index}`, source]));
    const html = (name: string) =>
      [
        `/${name}.html`,
        `<!doctype html><title>Consumer</title><script type="module" src="/${name}.js"></script>`,
      ] as const;
    const site = await serve({
      ...Object.fromEntries(Object.keys(named).map(html)),
      '/favicon.ico': '',
      ...(await bundlePages(named)),
    });
    const page = await browser.newPage();
    let errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    const ran: Ran[] = [];
    try {
      for (const name of Object.keys(named)) {
        errors = [];
        await page.goto(`${site.url}/${name}.html`);
        const handle = await page.waitForFunction(() => (globalThis as { result?: unknown }).result);
        ran.push({ result: await handle.jsonValue(), errors });
      }
    } finally {
      await page.close();
      await site.close();
    }
    return ran;
  }

  it('imports every module that is not for Node alone, and says nothing against it', async () => {
    const { modules } = await readEntries();
    const specifiers = modules.map(({ specifier }) => specifier).filter((name) => !onlyNode.includes(name));
    const ran = await runInPages(
      specifiers.map(
        (specifier) =>
          `import * as face from '${specifier}';
           globalThis.result = ['${specifier}', Object.values(face).every((value) => value !== undefined)];`,
      ),
    );
    expect(ran).toEqual(specifiers.map((specifier) => ({ result: [specifier, true], errors: [] })));
  }, 120_000);

  it('defines each element for who imports its module for the effect alone', async () => {
    const ran = await runInPages(
      tags.map(
        (tag) =>
          `import 'casement/${tag}'; globalThis.result = ['${tag}', typeof customElements.get('${tag}')];`,
      ),
    );
    expect(ran.map(({ result }) => result)).toEqual(tags.map((tag) => [tag, 'function']));
  });

  it('defines all elements by one import', async () => {
    const [ran] = await runInPages([
      `import 'casement/elements';
       globalThis.result = ${JSON.stringify(tags)}.filter((tag) => customElements.get(tag));`,
    ]);
    expect(ran?.result).toEqual(tags);
  });

  it('leaves the elements out of an application that uses the client alone', async () => {
    const code = await bundleApplication(
      `import { createCaseClient } from 'casement'; globalThis.client = createCaseClient({ baseUrl: '/', getToken: () => '' });`,
    );
    expect(code).toContain('idempotency-key');
    expect(code).not.toMatch(/LitElement|customElements/);
  });

  it('leaves the client out of an application that uses one of its errors alone', async () => {
    const code = await bundleApplication(
      `import { isValidationError } from 'casement'; globalThis.check = isValidationError;`,
    );
    expect(code).toContain('isValidationError');
    expect(code).not.toContain('idempotency-key');
  });
});

describe('in the tarball', () => {
  it('finds the file of every export', async () => {
    const { modules, data, types } = await readEntries();
    for (const { file } of [...modules, ...data, ...types])
      await expect(access(join(folder, 'node_modules/casement', file)), file).resolves.toBeUndefined();
  });

  it('finds every file that has side effects', async () => {
    const text = await readFile(join(folder, 'node_modules/casement/package.json'), 'utf8');
    const { sideEffects } = JSON.parse(text) as { sideEffects: string[] };
    for (const file of sideEffects.filter((name) => !name.includes('*')))
      await expect(access(join(folder, 'node_modules/casement', file)), file).resolves.toBeUndefined();
  });
});
