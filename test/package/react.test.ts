import type { Browser, Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { openPGlite } from '../../server/engine/sql/pglite.js';
import { aTenant, createTestApp, type TestApp, type TestTenant } from '../support/app.js';
import { handlerName, readElements } from './support/manifest.js';
import { bundleApplication, openBrowser, serve, type ServedSite } from './support/pages.js';

// An application in React 19 that holds the client as an object and writes down what its handlers are told.
const application = `
import * as React from 'react';
import { createRoot } from 'react-dom/client';
import { createCaseClient } from 'casement';
import { CaseDetail, CaseList, CaseProvider } from 'casement/react';

const client = createCaseClient({ baseUrl: '/', getToken: () => document.querySelector('meta[name=token]').content });
globalThis.heard = [];
const hear = (event) => globalThis.heard.push([event.type, event.detail]);
const e = React.createElement;

function App() {
  const [status, setStatus] = React.useState('open');
  const list = React.useRef(null);
  globalThis.listRef = list;
  return e(CaseProvider, { client, locale: 'en' },
    e('button', { onClick: () => setStatus('closed') }, 'Closed ones'),
    e(CaseList, { ref: list, filters: { status: [status] }, onCaseSelect: hear, onFiltersChange: hear }),
    e(CaseDetail, { standalone: true, onCaseBack: hear }));
}
createRoot(document.querySelector('main')).render(e(App));
`;

describe('casement/react', () => {
  let browser: Browser;
  let app: TestApp;
  let tenant: TestTenant;
  let site: ServedSite;
  let page: Page;
  const errors: string[] = [];

  beforeAll(async () => {
    browser = await openBrowser();
    app = await createTestApp(openPGlite());
    tenant = await aTenant(app);
    site = await serve(
      {
        '/index.html': `<!doctype html><html lang="en"><title>React</title><meta name="token" content="${tenant.agent.token}">
        <main></main><script type="module" src="/main.js"></script>`,
        '/favicon.ico': '',
        '/main.js': await bundleApplication(application),
      },
      { otherwise: app.app.fetch },
    );
    page = await browser.newPage();
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) errors.push(message.text());
    });
  }, 120_000);
  afterEach(() => errors.splice(0));
  afterAll(async () => {
    await browser.close();
    await site.close();
    await app.dispose();
  });

  it('hands objects over as properties, and events to handlers', async () => {
    const open = await tenant.aCase({ subject: 'Invoice sent to the old address' });
    await tenant.aClosedCase({ subject: 'Charged twice for January' });
    await page.goto(site.url);

    await page.getByRole('button', { name: 'Invoice sent to the old address' }).click();

    await page.waitForFunction(() => (globalThis as unknown as { heard: unknown[] }).heard.length > 0);
    const heard = await page.evaluate(() => (globalThis as unknown as { heard: unknown[] }).heard);
    expect(heard).toEqual([['case-select', { caseId: open.id }]]);
    expect(await page.getByRole('button', { name: 'Charged twice for January' }).count()).toBe(0);
    const attributes = await page.evaluate(() =>
      ['case-provider', 'case-list'].flatMap((tag) =>
        [...(document.querySelector(tag)?.attributes ?? [])].map(({ value }) => value),
      ),
    );
    expect(attributes.filter((value) => value.includes('object'))).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('hands a changed object over, and the element itself by a ref', async () => {
    await page.getByRole('button', { name: 'Closed ones' }).click();

    await page.getByRole('button', { name: 'Charged twice for January' }).waitFor();
    const state = await page.evaluate(
      () =>
        (globalThis as unknown as { listRef: { current: { filterState: string } } }).listRef.current
          .filterState,
    );
    expect(state).toBe('status=closed');
    expect(errors).toEqual([]);
  });

  it('names a handler for every event of every public element', async () => {
    const elements = (await readElements()).filter(({ internal }) => !internal);
    const wanted = elements.flatMap(({ name, tagName, events = [] }) =>
      events.map((event) => ({ name, tagName, event: event.name, handler: handlerName(event.name) })),
    );
    expect(wanted.length).toBeGreaterThan(20);
    const unheard = `
      import * as React from 'react';
      import { flushSync } from 'react-dom';
      import { createRoot } from 'react-dom/client';
      import * as components from 'casement/react';

      globalThis.unheard = ${JSON.stringify(wanted)}.filter(({ name, tagName, event, handler }) => {
        const place = document.body.appendChild(document.createElement('div'));
        const root = createRoot(place);
        let heard = false;
        flushSync(() => root.render(React.createElement(components[name], { [handler]: () => (heard = true) })));
        place.querySelector(tagName).dispatchEvent(new CustomEvent(event));
        root.unmount();
        return !heard;
      });`;
    const probe = await browser.newPage();
    await probe.goto(site.url);
    await probe.addScriptTag({ type: 'module', content: await bundleApplication(unheard) });
    const handle = await probe.waitForFunction(
      () => (globalThis as { unheard?: unknown }).unheard,
      undefined,
      // A page that is not in front draws no frames, by which it would be asked again.
      { polling: 50 },
    );
    expect(await handle.jsonValue()).toEqual([]);
    await probe.close();
  });
});
