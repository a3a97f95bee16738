import { readFile } from 'node:fs/promises';

import { Hono } from 'hono';

import type { BillingLedger } from './billing.js';
import { billingRoutes } from './billing-routes.js';
import { cast, claimsOf, type Claims } from './cast.js';
import { customers } from './sample-data/customers.js';
import { shell, type HostPage } from './shell.js';

/** What a strict host page allows itself: nothing inline, nothing from elsewhere. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const staticFiles = new URL('./pages/', import.meta.url);

/** What was built, by the address it is served below. */
const built: Readonly<Record<string, URL>> = {
  '/casement/': new URL('../bundle/', import.meta.url),
  '/demo/apps/': new URL('./apps/', import.meta.url),
};

const files = [
  'larkwell.css',
  'mark.svg',
  'strip.js',
  'account.js',
  'ledger.js',
  'cases.js',
  'browse.js',
  'projects.js',
  'settings.js',
];

/** A page of the staff in plain HTML, with the elements by script tag. */
function staffPage(name: string, title: string, more?: Partial<HostPage>): HostPage {
  return {
    title,
    audience: 'agent',
    person: 'ada-whitlock',
    content: `${name}.html`,
    scripts: ['/casement/casement.js', `/demo/${name}.js`],
    ...more,
  };
}

/** The customers' page, an app in Vue on the package. */
const portal: HostPage = {
  title: 'My Larkwell',
  audience: 'customer',
  person: 'eleanor-finch',
  content: 'portal.html',
  scripts: ['/demo/apps/portal.js'],
  ownHeader: true,
};

const pages: Readonly<Record<string, HostPage>> = {
  '/account': staffPage('account', 'Account'),
  '/cases': staffPage('cases', 'Cases', { tall: true }),
  '/projects': staffPage('projects', 'Projects'),
  '/settings': staffPage('settings', 'Administration'),
  // An app in React on the package.
  '/desk': staffPage('desk', 'Desk', {
    person: 'lena-moss',
    scripts: ['/demo/apps/desk.js'],
    tall: true,
  }),
  '/portal': portal,
};

const mediaTypes: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  map: 'application/json',
};

/** What the pages stand on. */
export interface HostOptions {
  readonly ledger: BillingLedger;
  /** Signs a token for whoever is signed in. */
  readonly sign: (claims: Claims) => Promise<string>;
  /** Ends what is streamed when the server stops. */
  readonly stopping: AbortSignal;
  /** What the case system calls the customers, where it has ids of its own: a host keeps them beside its own. */
  readonly customerIds?: Readonly<Record<string, string>> | undefined;
}

/**
 * The pages of Larkwell Fibre, an invented billing company, and what its own server would answer: who the customers are,
 * what they paid and were refunded, and a token for whoever is signed in. A real host takes that person from its
 * session; the demo's visitor simply chooses one of the cast.
 */
export function larkwellPages({ ledger, sign, stopping, customerIds = {} }: HostOptions): Hono {
  const known = (id: string) => customerIds[id] ?? id;
  const own = new Map(Object.entries(customerIds).map(([id, there]) => [there, id]));
  const host = new Hono();
  host.get('/', (context) => context.redirect('/account'));
  host.get('/favicon.ico', (context) => context.redirect('/demo/mark.svg'));
  host.get('/demo/people', (context) => context.json(cast));
  host.get('/demo/accounts', (context) =>
    context.json(
      customers.map(({ id, name, number, plan, facts }) => ({ id: known(id), name, number, plan, facts })),
    ),
  );
  host.get('/demo/me', (context) => {
    const claims = claimsOf(context.req.query('as') ?? '');
    const account = customers.find(({ id }) => id === claims?.customer);
    if (!account) return context.json({ message: 'Nobody of that name buys here.' }, 404);
    const { id, name, number, plan, monthly } = account;
    return context.json({ id: known(id), name, number, plan, monthly });
  });
  host.get('/demo/token', async (context) => {
    const claims = claimsOf(context.req.query('as') ?? '');
    context.header('Cache-Control', 'no-store');
    if (!claims) return context.json({ message: 'Nobody of that name works or buys here.' }, 403);
    const { customer, ...claimed } = claims;
    return context.json({ token: await sign(customer ? { ...claimed, customer: known(customer) } : claims) });
  });
  host.route(
    '/demo/billing',
    billingRoutes(ledger, stopping, (id) => own.get(id) ?? id),
  );

  for (const [address, page] of Object.entries(pages)) host.get(address, () => pageResponse(address, page));
  // The addresses inside the portal are the app's own.
  host.get('/portal/*', () => pageResponse('/portal', portal));
  // Where customers had their cases before there was a portal.
  host.get('/my-cases', (context) => {
    const { searchParams } = new URL(context.req.url);
    const caseId = searchParams.get('case');
    searchParams.delete('case');
    const path = caseId === null ? '/portal/cases' : `/portal/cases/${encodeURIComponent(caseId)}`;
    return context.redirect(searchParams.size > 0 ? `${path}?${searchParams.toString()}` : path);
  });

  for (const name of files) host.get(`/demo/${name}`, () => fileResponse(new URL(name, staticFiles)));
  for (const [path, folder] of Object.entries(built))
    host.get(`${path}*`, (context) => {
      const name = context.req.path.slice(path.length);
      return isBuilt(name) ? fileResponse(new URL(name, folder)) : context.notFound();
    });
  return host;
}

/** A bundle or a part it loads later; no dot segments, so nothing outside. */
function isBuilt(name: string): boolean {
  return /^(?:[\w-]+\/)*[\w-]+(?:\.[\w-]+)*\.(?:js|map)$/.test(name);
}

async function pageResponse(address: string, page: HostPage): Promise<Response> {
  const content = await readFile(new URL(page.content, staticFiles), 'utf8');
  return answer(await shell(address, page, content), 'html');
}

async function fileResponse(file: URL): Promise<Response> {
  const ending = file.pathname.slice(file.pathname.lastIndexOf('.') + 1);
  const content = await readFile(file).catch(() => undefined);
  if (!content) return new Response('Not found.', { status: 404 });
  return answer(new Uint8Array(content), ending);
}

function answer(content: string | Uint8Array<ArrayBuffer>, ending: string): Response {
  return new Response(content, {
    headers: {
      'Content-Type': mediaTypes[ending] ?? 'application/octet-stream',
      'Content-Security-Policy': policy,
      'Cache-Control': 'no-cache',
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'same-origin',
    },
  });
}
