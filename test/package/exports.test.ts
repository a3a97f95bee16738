import { execFile } from 'node:child_process';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';

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
  it('imports every module that is not for browsers alone, each in a thread of its own', async () => {
    const { modules } = await readEntries();
    const specifiers = modules
      .map(({ specifier }) => specifier)
      .filter((name) => !onlyBrowser.includes(name));
    const imported = await runInNode(
      `import { once } from 'node:events';
       import { Worker } from 'node:worker_threads';
       for (const specifier of ${JSON.stringify(specifiers)}) {
         const code = \`import('\${specifier}').then(() => process.exit(3))\`;
         const [ended] = await once(new Worker(code, { eval: true }), 'exit');
         if (ended === 3) console.log(specifier);
       }`,
    );
    expect(imported.split('\n')).toEqual(specifiers);
  });

  it('finds the main exports of the client and of the server under their names', async () => {
    const client = await runInNode(`console.log(typeof (await import('casement')).createCaseClient)`);
    const server = await runInNode(
      `const { createApp, createEngine, signToken } = await import('casement/server');
       const { createMappedRestBackend, createRequestTrackerBackend, createZohoDeskBackend } = await import('casement/server');
       console.log(typeof createApp, typeof createEngine, typeof signToken);
       console.log(typeof createMappedRestBackend, typeof createRequestTrackerBackend, typeof createZohoDeskBackend)`,
    );
    expect([client, ...server.split('\n')]).toEqual([
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
    const specifiers = data.map(({ specifier }) => specifier);
    const read = await runInNode(
      `for (const specifier of ${JSON.stringify(specifiers)}) {
         const { default: value } = await import(specifier, { with: { type: 'json' } });
         console.log(specifier, typeof value);
       }`,
    );
    expect(read.split('\n')).toEqual(specifiers.map((specifier) => `${specifier} object`));
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
    /** What each application put into `result`. */
    readonly results: readonly unknown[];
    /** What any of them complained about. */
    readonly errors: readonly string[];
  }

  /**
   * Runs applications, each in a frame of its own with globals, elements and modules of its own. They are bundled at once:
   * what each of them imports is still all that its frame loads.
   */
  async function runInFrames(sources: readonly string[]): Promise<Ran> {
    const names = sources.map((_, index) => `frame-${index}`);
    const tell = (name: string) => `parent.postMessage(['${name}', globalThis.result]);`;
    const applications = names.map((name, index) => [name, `${sources[index]}\n${tell(name)}`] as const);
    const html = (body: string) => `<!doctype html><title>Consumer</title>${body}`;
    const frame = (name: string) => [
      `/${name}.html`,
      html(`<script type="module" src="/${name}.js"></script>`),
    ];
    const listen = `globalThis.ran = {}; addEventListener('message', ({ data: [name, result] }) => (ran[name] = result));`;
    const site = await serve({
      ...(Object.fromEntries(names.map(frame)) as Record<string, string>),
      '/index.html': html(
        `<script>${listen}</script>${names.map((name) => `<iframe src="/${name}.html"></iframe>`).join('')}`,
      ),
      '/favicon.ico': '',
      ...(await bundlePages(Object.fromEntries(applications))),
    });
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    try {
      await page.goto(site.url);
      const told = () => page.evaluate(() => (globalThis as unknown as { ran: Record<string, unknown> }).ran);
      // Who has thrown tells nothing.
      await vi.waitFor(
        async () =>
          expect(Object.keys(await told()).length + errors.length).toBeGreaterThanOrEqual(names.length),
        60_000,
      );
      const ran = await told();
      return { results: names.map((name) => ran[name]), errors };
    } finally {
      await page.close();
      await site.close();
    }
  }

  it('imports every module that is not for Node alone, and says nothing against it', async () => {
    const { modules } = await readEntries();
    const specifiers = modules.map(({ specifier }) => specifier).filter((name) => !onlyNode.includes(name));
    const { results, errors } = await runInFrames(
      specifiers.map(
        (specifier) =>
          `import * as face from '${specifier}';
           globalThis.result = ['${specifier}', Object.values(face).every((value) => value !== undefined)];`,
      ),
    );
    expect(errors).toEqual([]);
    expect(results).toEqual(specifiers.map((specifier) => [specifier, true]));
  }, 120_000);

  it('defines each element for who imports its module for the effect alone', async () => {
    const { results } = await runInFrames(
      tags.map(
        (tag) =>
          `import 'casement/${tag}'; globalThis.result = ['${tag}', typeof customElements.get('${tag}')];`,
      ),
    );
    expect(results).toEqual(tags.map((tag) => [tag, 'function']));
  });

  it('defines all elements by one import', async () => {
    const { results } = await runInFrames([
      `import 'casement/elements';
       globalThis.result = ${JSON.stringify(tags)}.filter((tag) => customElements.get(tag));`,
    ]);
    expect(results).toEqual([tags]);
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
