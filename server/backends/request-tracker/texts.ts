import type { Attachment } from '../../../src/contract/attachments.js';
import { mediaTypeOf } from '../../engine/media-types.js';
import { plainTextOf } from '../plain-text.js';
import type { Desk, Reader } from './desk.js';
import { pageSize } from './tracker.js';
import { attachmentRowSchema, listOf, transactionSchema, type AttachmentRow } from './wire.js';

/** What was written with one line of the history. */
export interface Message {
  readonly text: string;
  readonly attachments: Attachment[];
}

/** The text a ticket was opened with; empty when it had none. */
export async function descriptionOf(desk: Desk, reader: Reader, ticketId: string): Promise<string> {
  const { items } = await desk.tracker.read(
    listOf(transactionSchema),
    `/ticket/${ticketId}/history`,
    { fields: 'Type', orderby: 'id', order: 'ASC', per_page: '1' },
    reader.context,
  );
  const [first] = items;
  if (first?.Type !== 'Create') return '';
  const messages = await messagesOf(desk, reader, [first.id]);
  return messages.get(first.id)?.text ?? '';
}

/**
 * The messages of some lines of history: which parts they have, and then the texts alone, so that no file is read that nobody
 * asked for. What the reader may not see is not among them.
 */
export async function messagesOf(
  desk: Desk,
  reader: Reader,
  transactionIds: readonly string[],
): Promise<ReadonlyMap<string, Message>> {
  const parts = await partsOf(desk, reader, 'TransactionId', transactionIds);
  const bodies = new Map<string, AttachmentRow>();
  for (const id of transactionIds) {
    const body = bodyOf(parts.filter((part) => part.TransactionId === id));
    if (body) bodies.set(id, body);
  }
  const chosen = [...bodies.values()].map(({ id }) => id);
  const texts = await partsOf(desk, reader, 'id', chosen, 'Content');
  return new Map(
    transactionIds.map((id) => {
      const body = bodies.get(id);
      const text = texts.find((part) => part.id === body?.id)?.Content ?? '';
      return [
        id,
        {
          text: body?.ContentType === 'text/html' ? plainTextOf(text) : text.replace(/\r\n/g, '\n').trimEnd(),
          attachments: parts
            .filter((part) => part.TransactionId === id && part !== body && isFile(part))
            .map(attachmentOf),
        },
      ];
    }),
  );
}

/** Parts of messages by what they belong to, a hundred at a time. */
export async function partsOf(
  { tracker }: Desk,
  { context }: Reader,
  field: 'id' | 'TransactionId',
  values: readonly string[],
  fields = 'ContentType,Filename,ContentLength,TransactionId',
): Promise<AttachmentRow[]> {
  const found: AttachmentRow[] = [];
  for (let first = 0; first < values.length; first += pageSize) {
    const conditions = values.slice(first, first + pageSize).map((value) => ({ field, value }));
    for (let page = 1; ; page += 1) {
      const { items } = await tracker.search(
        listOf(attachmentRowSchema),
        '/attachments',
        conditions,
        {
          fields: `${fields},TransactionId`,
          orderby: 'id',
          order: 'ASC',
          per_page: String(pageSize),
          page: String(page),
        },
        context,
      );
      found.push(...items);
      if (items.length < pageSize) break;
    }
  }
  return found;
}

function bodyOf(parts: readonly AttachmentRow[]): AttachmentRow | undefined {
  const texts = parts.filter(({ Filename }) => Filename === '');
  return (
    texts.find(({ ContentType }) => ContentType === 'text/plain') ??
    texts.find(({ ContentType }) => ContentType === 'text/html')
  );
}

/** A part that is a file: containers of parts, and the same text once more in another form, are none. */
export function isFile({ Filename, ContentType, ContentLength }: AttachmentRow): boolean {
  if (ContentType.startsWith('multipart/')) return false;
  return Filename !== '' || (!ContentType.startsWith('text/') && Number(ContentLength) > 0);
}

export function attachmentOf({ id, Filename, ContentLength }: AttachmentRow): Attachment {
  const name = Filename || `file-${id}`;
  return { id, name, size: Number(ContentLength) || 0, mediaType: mediaTypeOf(name) };
}
