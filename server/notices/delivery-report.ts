import PostalMime from 'postal-mime';

import type { Bounce } from '../engine/notices/bounce.js';

const MESSAGE_ID = /^\s*<?(notice_[0-9a-f]{32})(?:@[^\s<>]*)?>?\s*$/;

/**
 * Reads a report that one of our messages has come back (RFC 3464, as mail servers send it); `null` for any other message: one
 * that was delivered, is late and still tried, or is about mail that is not ours.
 */
export async function readDeliveryReport(message: Uint8Array<ArrayBuffer>): Promise<Bounce | null> {
  const { attachments } = await PostalMime.parse(message, { forceRfc822Attachments: true });
  const partOf = (...types: string[]) => attachments.find(({ mimeType }) => types.includes(mimeType));
  const status = partOf('message/delivery-status', 'message/global-delivery-status');
  if (!status) return null;
  const [about = new Map<string, string>(), ...recipients] = await fieldsOf(textOf(status.content));
  // A message of ours has one recipient. What is late may still arrive.
  const failed = recipients.find((fields) => fields.get('action')?.trim().toLowerCase() === 'failed');
  if (!failed) return null;
  const returned = partOf(
    'message/rfc822',
    'text/rfc822-headers',
    'message/global',
    'message/global-headers',
  );
  const original = returned && (await PostalMime.parse(`${textOf(returned.content)}\r\n\r\n`)).messageId;
  const id = [about.get('original-envelope-id'), original]
    .map((said) => MESSAGE_ID.exec(said ?? '')?.[1])
    .find((found) => found !== undefined);
  return id === undefined ? null : { noticeId: id, reason: reasonOf(failed) };
}

/** What the other side has said: `smtp; 550 5.1.1 no such mailbox`, or the code alone. */
function reasonOf(failed: ReadonlyMap<string, string>): string {
  const said = failed.get('diagnostic-code')?.replace(/^\s*[\w.-]+\s*;/, '');
  return (said ?? failed.get('status') ?? '').replace(/\s+/g, ' ').trim();
}

/** The groups of fields of a report, the first about the message and each other about a recipient. */
async function fieldsOf(text: string): Promise<Map<string, string>[]> {
  const groups = text.split(/(?:\r?\n[ \t]*){2,}/).filter((group) => group.trim() !== '');
  return Promise.all(
    groups.map(async (group) => {
      const { headers } = await PostalMime.parse(`${group.trim()}\r\n\r\n`);
      return new Map(headers.map(({ key, value }) => [key, value]));
    }),
  );
}

function textOf(content: ArrayBuffer | Uint8Array | string): string {
  return typeof content === 'string' ? content : new TextDecoder().decode(content);
}
