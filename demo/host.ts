import { readFile } from 'node:fs/promises';

import { Hono } from 'hono';

import { cast, claimsOf, type Claims } from './cast.js';
import { customers } from './sample-data/customers.js';

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

const pages = new URL('./pages/', import.meta.url);
const bundle = new URL('../bundle/', import.meta.url);

/** Every address the host answers with a file. */
const files: Readonly<Record<string, URL>> = {
  '/account': new URL('account.html', pages),
  '/cases': new URL('cases.html', pages),
  '/my-cases': new URL('my-cases.html', pages),
  '/projects': new URL('projects.html', pages),
  '/settings': new URL('settings.html', pages),
  ...Object.fromEntries(
    [
      'larkwell.css',
      'host.js',
      'account.js',
      'cases.js',
      'browse.js',
      'my-cases.js',
      'projects.js',
      'settings.js',
      'mark.svg',
    ].map((name) => [`/demo/${name}`, new URL(name, pages)]),
  ),
};

const mediaTypes: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  map: 'application/json',
};

/**
 * The pages of Larkwell Fibre, an invented billing company, and the two things its own server would answer: who the
 * customers are, and a token for whoever is signed in. A real host takes that person from its session; the demo's
 * visitor simply chooses one of the cast.
 */
export function larkwellPages(sign: (claims: Claims) => Promise<string>): Hono {
  const host = new Hono();
  host.get('/', (context) => context.redirect('/account'));
  host.get('/favicon.ico', (context) => context.redirect('/demo/mark.svg'));
  host.get('/demo/people', (context) => context.json(cast));
  host.get('/demo/accounts', (context) =>
    context.json(customers.map(({ id, name, number, plan, facts }) => ({ id, name, number, plan, facts }))),
  );
  host.get('/demo/token', async (context) => {
    const claims = claimsOf(context.req.query('as') ?? '');
    context.header('Cache-Control', 'no-store');
    if (!claims) return context.json({ message: 'Nobody of that name works or buys here.' }, 403);
    return context.json({ token: await sign(claims) });
  });
  for (const [path, file] of Object.entries(files)) host.get(path, () => fileResponse(file));
  host.get('/casement/*', (context) => {
    const name = context.req.path.slice('/casement/'.length);
    return isBundled(name) ? fileResponse(new URL(name, bundle)) : context.notFound();
  });
  return host;
}

/** The bundle and the parts it loads later; no dot segments, so nothing outside. */
function isBundled(name: string): boolean {
  return /^(?:[\w-]+\/)*[\w-]+(?:\.[\w-]+)*\.(?:js|map)$/.test(name);
}

async function fileResponse(file: URL): Promise<Response> {
  const ending = file.pathname.slice(file.pathname.lastIndexOf('.') + 1);
  const content = await readFile(file).catch(() => undefined);
  if (!content) return new Response('Not found.', { status: 404 });
  return new Response(new Uint8Array(content), {
    headers: {
      'Content-Type': mediaTypes[ending] ?? 'application/octet-stream',
      'Content-Security-Policy': policy,
      'Cache-Control': 'no-cache',
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'same-origin',
    },
  });
}
