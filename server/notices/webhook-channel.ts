import { createHmac } from 'node:crypto';

import {
  NoticeRefused,
  NoticeUnanswered,
  type NoticeChannel,
  type NoticeMessage,
} from '../engine/notices/channel.js';

/** How signed requests are sent. */
export interface WebhookOptions {
  /** Origins that the settings of a tenant may name, such as `https://hooks.example.com`; no other is ever asked. */
  readonly targets: readonly string[];
  /** Signs the requests of all tenants; the receivers have it too, and each can pass for any tenant with it. */
  readonly secret: string;
  /** Milliseconds an answer may take; 15,000 unless told. */
  readonly timeout?: number | undefined;
  /** What time it is, for the signature; the machine's unless told. */
  readonly clock?: (() => Date) | undefined;
}

/**
 * Sends notices as signed requests to the address that the tenant's settings name, for whoever passes them on: as text
 * messages, into a chat. What `docs/notices.md` says of the signature is how a receiver checks it.
 */
export function createWebhookChannel({
  targets,
  secret,
  timeout = 15_000,
  clock = () => new Date(),
}: WebhookOptions): NoticeChannel {
  const allowed = new Set(targets.map((target) => new URL(target).origin));
  const accepts = (webhook: string): boolean => {
    if (!URL.canParse(webhook)) return false;
    const { origin, username, password } = new URL(webhook);
    return allowed.has(origin) && username === '' && password === '';
  };

  return {
    name: 'webhook',
    needsAddress: false,
    needsWebhook: true,
    accepts,
    async send(message) {
      const { webhook } = message;
      // Asked again: the operator may have taken it off the list since.
      if (webhook === null || !accepts(webhook)) throw new NoticeRefused('The address is not allowed.');
      const body = bodyOf(message);
      const seconds = Math.floor(clock().getTime() / 1000);
      const response = await fetch(webhook, {
        method: 'POST',
        // Nowhere else than where it was allowed to go.
        redirect: 'manual',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'casement',
          'casement-notice': message.id,
          'casement-signature': `t=${seconds},v1=${signWebhook(secret, seconds, body)}`,
        },
        body,
        signal: AbortSignal.timeout(timeout),
      }).catch((error: unknown) => {
        throw new NoticeUnanswered('The receiver did not answer.', { cause: error });
      });
      await response.body?.cancel();
      if (response.ok) return;
      const words = `The receiver answered ${response.status}.`;
      const later = response.status >= 500 || [408, 425, 429].includes(response.status);
      throw later ? new Error(words) : new NoticeRefused(words);
    },
  };
}

/** HMAC-SHA-256 over the seconds, a dot and the body, in hexadecimal digits. */
export function signWebhook(secret: string, seconds: number, body: string): string {
  return createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
}

function bodyOf(message: NoticeMessage): string {
  const { id, tenant, event, locale, to, subject, text, sms, about, link } = message;
  return JSON.stringify({ id, tenant, event, locale, to, subject, text, sms, about, link });
}
