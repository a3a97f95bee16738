import { createTransport } from 'nodemailer';

import {
  NoticeRefused,
  NoticeUnanswered,
  type NoticeChannel,
  type NoticeMessage,
} from '../engine/notices/channel.js';

/** Where mail is handed over, and from whom it is. */
export interface SmtpOptions {
  /** `smtp://user:password@mail.example.com:587`, `smtps://…` for TLS from the first byte. */
  readonly url: string;
  /** `Larkwell Fibre <cases@larkwell.example>`, or the address alone. */
  readonly from: string;
  /** Where mail that comes back goes, `bounces@larkwell.example`; the address of `from` unless told. */
  readonly bounces?: string | undefined;
  /** Milliseconds a connection, a greeting and an answer may each take; 15,000 unless told. */
  readonly timeout?: number | undefined;
}

/** Mail through an SMTP server. */
export interface SmtpChannel extends NoticeChannel {
  /** Connects and signs in, and sends nothing. */
  check(): Promise<void>;
}

/** Sends notices as e-mail, plain text and HTML in one, over a few connections that are kept. */
export function createSmtpChannel({ url, from, bounces, timeout = 15_000 }: SmtpOptions): SmtpChannel {
  const transport = createTransport(
    {
      url,
      pool: true,
      maxConnections: 3,
      connectionTimeout: timeout,
      greetingTimeout: timeout,
      socketTimeout: timeout,
      dnsTimeout: timeout,
      // What a notice holds is text: no file of this machine and no address is ever read for it.
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from },
  );
  const domain = /@([^\s>]+)>?\s*$/.exec(from)?.[1] ?? 'localhost';

  return {
    name: 'email',
    needsAddress: true,
    async send(message) {
      const { to, subject, text, html } = message;
      try {
        await transport.sendMail({
          to: { name: to.name, address: to.email ?? '' },
          subject,
          text,
          html,
          // The same at each attempt, so that a receiver who had it already can tell.
          messageId: `<${message.id}@${domain}>`,
          headers: headersOf(message),
          ...(bounces !== undefined && { envelope: { from: bounces, to: to.email ?? '' } }),
          // RFC 3461: whoever reports that it could not be delivered names it, and sends no text of it back.
          dsn: { id: message.id, return: 'headers', notify: 'failure' },
        });
      } catch (error) {
        if (isFinal(error)) throw new NoticeRefused(wordsOf(error), { cause: error });
        throw isUnanswered(error) ? new NoticeUnanswered(wordsOf(error), { cause: error }) : error;
      }
    },
    async check() {
      await transport.verify();
    },
    close() {
      transport.close();
    },
  };
}

function headersOf({ unsubscribe, locale }: NoticeMessage): Record<string, string> {
  return {
    // RFC 3834: nobody's out-of-office note answers it.
    'Auto-Submitted': 'auto-generated',
    'X-Auto-Response-Suppress': 'All',
    'Content-Language': locale,
    ...(unsubscribe !== null && {
      'List-Unsubscribe': `<${unsubscribe}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    }),
  };
}

/** Whether the server said no for good (5xx) to this message or recipient. Trouble with signing in may be put right. */
function isFinal(error: unknown): boolean {
  const { responseCode, code } = error as { responseCode?: unknown; code?: unknown };
  if (code === 'EAUTH') return false;
  return typeof responseCode === 'number' && responseCode >= 500;
}

// As nodemailer names them: no connection, or one that lets nobody in.
const unanswered: ReadonlySet<unknown> = new Set([
  'ECONNECTION',
  'EDNS',
  'ESOCKET',
  'ETIMEDOUT',
  'ETLS',
  'EAUTH',
  'EOAUTH2',
]);

/** Whether nothing was said to this message: the server is away, or takes none from us for the moment. */
function isUnanswered(error: unknown): boolean {
  const { responseCode, code } = error as { responseCode?: unknown; code?: unknown };
  return unanswered.has(code) || responseCode === 421;
}

function wordsOf(error: unknown): string {
  const { response, message } = error as { response?: unknown; message?: unknown };
  return String(typeof response === 'string' ? response : message);
}
