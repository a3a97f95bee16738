import type { Attachment } from '../../../src/contract/attachments.js';
import type { Case, CaseSummary, StatusChange } from '../../../src/contract/cases.js';
import type { NamedRef, PersonRef } from '../../../src/contract/common.js';
import type { Note, NoteVisibility } from '../../../src/contract/notes.js';
import { mediaTypeOf } from '../../engine/media-types.js';
import type { Names } from './names.js';
import type { Author, IdKind, MappedRestOptions, Ref } from './options.js';
import { at, textAt } from './pointers.js';
import { ourDay, ourId, ourInstant, ourValue } from './values.js';

/** A case as the API tells it, without what only our side can say of it. */
export type PlainCase = Omit<Case, 'permissions' | 'version'>;

/** Reads the records of an API. Names that a record lacks are looked up. */
export interface Records {
  /** `undefined` for what is no case. */
  caseOf(record: unknown): Promise<PlainCase | undefined>;
  noteOf(record: unknown, caseId: string): Promise<Note | undefined>;
  attachmentOf(record: unknown): Attachment | undefined;
}

/** Reads records as `options` maps them. */
export function createRecords(options: MappedRestOptions, names: Names): Records {
  const { ids, dates, cases, notes, attachments } = options;
  const { fields } = cases;

  async function refOf(record: unknown, ref: Ref | undefined, kind: IdKind): Promise<NamedRef | null> {
    const id = ref && ourId(at(record, ref.id), kind, ids);
    if (id === undefined) return null;
    return { id, name: textAt(record, ref?.name) ?? (await names.of(kind, id)) };
  }

  async function personOf(
    record: unknown,
    ref: Ref | undefined,
    kind: 'agent' | 'customer',
  ): Promise<PersonRef | null> {
    const found = await refOf(record, ref, kind === 'agent' ? 'agent' : 'contact');
    return found && { ...found, kind };
  }

  async function authorOf(record: unknown, author: Author | undefined): Promise<PersonRef | null> {
    if (!author) return null;
    const { kind } = author;
    const said = typeof kind === 'string' ? kind : kind.values[textAt(record, kind.at) ?? ''];
    return said === undefined ? null : personOf(record, author, said);
  }

  async function closureOf(record: unknown): Promise<StatusChange | null> {
    const { reason, note, by, at: moment } = fields.closure ?? {};
    const said = ourValue(record, note);
    return {
      reason: ourValue(record, reason) ?? '',
      ...(said !== null && { note: said }),
      by: await authorOf(record, by),
      at: ourInstant(record, moment, dates),
    };
  }

  async function caseOf(record: unknown): Promise<PlainCase | undefined> {
    const id = ourId(at(record, fields.id), 'case', ids);
    if (id === undefined) return undefined;
    const status = ourValue(record, fields.status) ?? '';
    const tags = fields.tags && at(record, fields.tags.at);
    const number = Number(textAt(record, fields.number) ?? /\d+$/.exec(id)?.[0]);
    const [customer, organisation, department, requester, assignee, createdBy, closure] = await Promise.all([
      refOf(record, fields.customer, 'customer'),
      refOf(record, fields.organisation, 'organisation'),
      refOf(record, fields.department, 'department'),
      personOf(record, fields.requester, 'customer'),
      personOf(record, fields.assignee, 'agent'),
      authorOf(record, fields.createdBy),
      status === 'closed' ? closureOf(record) : null,
    ]);
    return {
      id,
      number: Number.isSafeInteger(number) ? number : 0,
      status,
      ...(customer && { customer }),
      organisation,
      subject: ourValue(record, fields.subject) ?? '',
      description: ourValue(record, fields.description) ?? '',
      type: ourValue(record, fields.type),
      priority: ourValue(record, fields.priority),
      deadline: ourDay(record, fields.deadline, 'iso'),
      contactMethod: ourValue(record, fields.contactMethod),
      ...(fields.tags && { tags: Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [] }),
      externalReference: ourValue(record, fields.externalReference),
      requester,
      assignee,
      department,
      createdBy: createdBy ?? requester,
      createdAt: ourInstant(record, fields.createdAt, dates),
      updatedAt: ourInstant(record, fields.updatedAt, dates),
      replyCount: countOf(textAt(record, fields.replyCount)),
      closure,
      reopening: null,
    };
  }

  function attachmentOf(record: unknown): Attachment | undefined {
    const map = attachments?.fields;
    const id = map && ourId(at(record, map.id), 'attachment', ids);
    if (!map || id === undefined) return undefined;
    const name = textAt(record, map.name) ?? id;
    return { id, name, size: countOf(textAt(record, map.size)), mediaType: mediaTypeOf(name) };
  }

  async function noteOf(record: unknown, caseId: string): Promise<Note | undefined> {
    const map = notes?.fields;
    const id = map && ourId(at(record, map.id), 'note', ids);
    if (!map || id === undefined) return undefined;
    // What is not known to be for the customer is not.
    const visibility: NoteVisibility = ourValue(record, map.visibility) === 'public' ? 'public' : 'internal';
    const files = map.attachments === undefined ? [] : at(record, map.attachments);
    return {
      id,
      caseId,
      visibility,
      subject: ourValue(record, map.subject),
      text: ourValue(record, map.text) ?? '',
      by: await authorOf(record, map.by),
      at: ourInstant(record, map.at, dates),
      attachments: (Array.isArray(files) ? files : []).flatMap((file) => attachmentOf(file) ?? []),
    };
  }

  return { caseOf, noteOf, attachmentOf };
}

function countOf(text: string | undefined): number {
  const count = Number(text ?? 0);
  return Number.isSafeInteger(count) && count > 0 ? count : 0;
}

/** What of a case tells that it has moved, in a few letters: nothing that lists and details tell differently by nature. */
export function digestOf(record: CaseSummary | PlainCase): string {
  const { status, subject, type, priority, deadline, contactMethod, tags, updatedAt } = record;
  const refs = [record.customer, record.requester, record.assignee, record.department].map((ref) => ref?.id);
  const text = JSON.stringify([
    status,
    subject,
    type,
    priority,
    deadline,
    contactMethod,
    tags,
    updatedAt,
    refs,
  ]);
  // FNV-1a over 64 bits: this tells versions apart, and guards nothing.
  let hash = 0xcbf29ce484222325n;
  for (let index = 0; index < text.length; index += 1) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(index))) * 0x100000001b3n);
  }
  return hash.toString(36);
}
