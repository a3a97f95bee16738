import type { Context } from 'hono';

import type { CaseBackend, NoticeLink } from '../backend.js';
import { BackendError } from '../backend-error.js';
import { escaped } from '../engine/notices/compose.js';
import { words } from '../engine/notices/words.js';
import type { NoticeLocale } from '../../src/contract/notices.js';
import type { Authenticate } from '../middleware/authenticate.js';
import type { AppEnv, CaseApp } from '../middleware/env.js';

const path = '/v1/notices/unsubscribe';

/**
 * The links that end notices (RFC 8058), for people and for mail programs, which carry no token: who has the link, has it from
 * a message to its owner. Looking at it changes nothing; the request of the button, or of the mail program, does (CO-13).
 */
export function mountUnsubscribe(app: CaseApp, backend: CaseBackend, authenticate: Authenticate): void {
  app.get(path, async (context) => {
    const link = await linkOf(context);
    if (!link) return invalid(context);
    const { frame } = wordsIn(link.locale);
    const form = `<p>${escaped(frame.confirmText)}</p><form method="post"><button>${escaped(frame.confirmButton)}</button></form>`;
    return page(context, link.locale, frame.confirmTitle, form, 200);
  });

  app.post(path, async (context) => {
    const link = await linkOf(context);
    if (!link) return invalid(context);
    await requireOwner(context, link);
    await backend.endNotices?.(tokenOf(context));
    const { frame } = wordsIn(link.locale);
    return page(context, link.locale, frame.confirmTitle, `<p role="status">${escaped(frame.done)}</p>`, 200);
  });

  async function linkOf(context: Context<AppEnv>): Promise<NoticeLink | null> {
    context.set('route', path);
    return (await backend.readNoticeLink?.(tokenOf(context))) ?? null;
  }

  /** Who is signed in and is somebody else has no use of it. */
  async function requireOwner(context: Context<AppEnv>, { tenant, personId }: NoticeLink): Promise<void> {
    if (context.req.header('authorization') === undefined) return;
    const { tenant: own, id } = await authenticate(context.req.raw);
    if (own === tenant && id === personId) return;
    throw new BackendError('forbidden', { rule: 'notices.own', detail: 'This link is for somebody else.' });
  }
}

function tokenOf(context: Context<AppEnv>): string {
  return context.req.query('token') ?? '';
}

function invalid(context: Context<AppEnv>): Response {
  const preferred = context.req.header('accept-language') ?? '';
  const { frame } = wordsIn(preferred);
  return page(context, preferred, frame.confirmTitle, `<p role="alert">${escaped(frame.invalid)}</p>`, 404);
}

function localeIn(wanted: string): NoticeLocale {
  const language = wanted.toLowerCase().split(/[-_,;]/)[0] ?? '';
  return Object.hasOwn(words, language) ? (language as NoticeLocale) : 'en';
}

function wordsIn(wanted: string) {
  return words[localeIn(wanted)];
}

function page(
  context: Context<AppEnv>,
  wanted: string,
  title: string,
  body: string,
  status: 200 | 404,
): Response {
  const locale = localeIn(wanted);
  const html = `<!doctype html><html lang="${locale}" dir="${locale === 'ar' ? 'rtl' : 'ltr'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>${escaped(title)}</title><style>body{font:1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:3rem auto;padding:0 1rem;color-scheme:light dark}button{font:inherit;padding:.6rem 1rem;min-height:2.75rem}</style></head><body><main><h1>${escaped(title)}</h1>${body}</main></body></html>`;
  return context.html(html, status, {
    'Content-Security-Policy':
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    // The address is what ends the notices.
    'Referrer-Policy': 'no-referrer',
  });
}
