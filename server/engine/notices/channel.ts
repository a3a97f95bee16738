import type { NoticeEvent, NoticeLocale } from '../../../src/contract/notices.js';

/** Whom a message goes to. */
export interface NoticeRecipient {
  readonly id: string;
  readonly name: string;
  readonly kind: 'agent' | 'customer';
  readonly email: string | null;
}

/** One message to one person, written. */
export interface NoticeMessage {
  /** The same at every attempt: what receivers know a repetition by. */
  readonly id: string;
  readonly tenant: string;
  readonly event: NoticeEvent;
  readonly locale: NoticeLocale;
  readonly to: NoticeRecipient;
  /** One line. */
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** A short text for telephones. */
  readonly sms: string;
  /** What it is about, by ids alone. */
  readonly about: { readonly caseId?: string; readonly projectId?: string };
  /** Where the case opens, where the operator has said it. */
  readonly link: string | null;
  /** Takes the recipient off this list with one request (RFC 8058). */
  readonly unsubscribe: string | null;
  /** The address the tenant's settings name for signed requests. */
  readonly webhook: string | null;
}

/**
 * A way to reach people: e-mail, signed requests, text messages. Each message is handed over at least once; a channel that
 * can tell a repetition tells it by the id.
 */
export interface NoticeChannel {
  /** Stable: it stands in the database and in metrics. */
  readonly name: string;
  /** Whether a person can be reached by it only at an e-mail address. */
  readonly needsAddress: boolean;
  /** Whether it needs the address that the tenant's settings name. */
  readonly needsWebhook?: boolean;
  /** Whether the settings may name this address for signed requests. */
  accepts?(webhook: string): boolean;
  /** Resolves once the message is handed over. @throws {NoticeRefused} where trying again is no use, {NoticeUnanswered} where nobody answers; anything else is tried again some times. */
  send(message: NoticeMessage): Promise<void>;
  /** Lets go of what it keeps open. */
  close?(): void | Promise<void>;
}

/** Sends text messages. No implementation of it comes with Casement but for the requests of the webhook channel, which carry the text. */
export interface SmsChannel extends NoticeChannel {
  readonly name: 'sms';
}

/** Nobody answers there, whatever the message: it waits until somebody does, a day unless told otherwise. */
export class NoticeUnanswered extends Error {
  override readonly name = 'NoticeUnanswered';
}

/** The other side has said no, and will say so again. */
export class NoticeRefused extends Error {
  override readonly name = 'NoticeRefused';
}
