import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';

import { DemoServer } from './demo-server.js';

interface Fixtures {
  /** The demonstration with its sample data, one for all tests of a file: none meets what another file left. */
  readonly demo: DemoServer;
  /** Everything a page complained about: policy violations, errors in the console, uncaught errors. */
  readonly complaints: string[];
}

interface WorkerFixtures {
  readonly demoOf: (file: string) => Promise<DemoServer>;
}

/** Playwright's `test` with the running demonstration, failing when any page complains. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  demoOf: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the dependencies from a pattern.
    async ({}, use) => {
      let current: { readonly file: string; readonly demo: DemoServer } | undefined;
      await use(async (file) => {
        if (current?.file !== file) {
          await current?.demo.stop();
          current = undefined;
          current = { file, demo: await DemoServer.start() };
        }
        return current.demo;
      });
      await current?.demo.stop();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  demo: [async ({ demoOf }, use, { file }) => use(await demoOf(file)), { scope: 'test', timeout: 180_000 }],
  baseURL: async ({ demo }, use) => use(demo.url),
  complaints: [
    async ({ context }, use) => {
      const complaints: string[] = [];
      await listen(context, complaints);
      await use(complaints);
      expect(complaints, 'what the pages complained about').toEqual([]);
    },
    { auto: true },
  ],
});

/** Collects what the pages of a context complain about. A refused request is an answer, not a complaint. */
export async function listen(context: BrowserContext, complaints: string[]): Promise<void> {
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) =>
      console.error(`violated ${event.effectiveDirective}: ${event.blockedURI} ${event.sample}`),
    );
  });
  context.on('console', (message) => {
    const refusal = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !refusal) complaints.push(message.text());
  });
  context.on('weberror', (error) => complaints.push(String(error.error())));
}

/** Opens a page of the demonstration as one of the cast. */
export async function openAs(page: Page, person: string, path: string): Promise<void> {
  await page.goto(`${path}${path.includes('?') ? '&' : '?'}as=${person}`);
}

export { expect };
