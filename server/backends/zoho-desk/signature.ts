import type { NoteVisibility } from '../../../src/contract/notes.js';
import type { Choice, Settings } from '../../../src/contract/settings.js';
import { plainTextOf } from '../plain-text.js';
import type { Viewer } from './viewers.js';
import type { DeskComment } from './wire.js';

/** Who signed a comment that the gateway wrote for them. */
export interface Signer {
  readonly id: string;
  readonly name: string;
  readonly kind: 'agent' | 'customer';
}

/** What a comment says, apart from what the gateway put into it for itself. */
export interface ReadComment {
  readonly text: string;
  readonly visibility: NoteVisibility;
  /** Absent for one that somebody wrote in Zoho. */
  readonly signer?: Signer;
  /** Of a note: the id of its subject. */
  readonly subject: string | null;
  /** Of one that closes or reopens. */
  readonly status?: { readonly kind: 'closure' | 'reopening'; readonly reason: string };
}

const signature = /\n\n— ([^\n]*?) \((agent|customer) (\d{1,20})\)(?:, ([^\n]+))?$/;
const statusWords = { closure: 'Closed', reopening: 'Reopened' } as const;

/**
 * The content of a comment. Zoho knows the gateway as its author, so the last line says who it was, in words that people read in
 * Zoho as well; whatever the author writes stands before it, so that nobody can sign as somebody else.
 */
export function signed(viewer: Viewer, text: string, subject: string | null, settings: Settings): string {
  const label = subject === null ? '' : `, ${labelOf(settings.noteSubjects, subject)}`;
  const name = viewer.name.replace(/\s+/g, ' ');
  return `${text}\n\n— ${name} (${viewer.kind} ${viewer.id})${label}`;
}

/** The text of a comment that closes or reopens: `Closed: Resolved.`, and why on the next line. */
export function statusText(
  kind: 'closure' | 'reopening',
  reason: string,
  text: string,
  settings: Settings,
): string {
  return `${statusWords[kind]}: ${labelOf(reasonsOf(kind, settings), reason)}.\n${text}`;
}

/** Reads a comment; only what the gateway itself wrote (`serviceId`) is taken at its word about who signed. */
export function readComment(comment: DeskComment, serviceId: string, settings: Settings): ReadComment {
  const content = comment.content ?? '';
  const text = comment.contentType === 'plainText' ? content.replaceAll('\r\n', '\n') : plainTextOf(content);
  const visibility = comment.isPublic === true ? 'public' : 'internal';
  const plain = { text, visibility, subject: null } as const;
  if (comment.commenterId !== serviceId) return plain;
  const found = signature.exec(text);
  if (!found) return plain;
  const [whole, name = '', kind, id = '', label] = found;
  const signer = { id, name, kind: kind === 'customer' ? 'customer' : 'agent' } as const;
  const said = text.slice(0, -whole.length);
  // A customer closes nothing, whatever their words look like.
  const status = signer.kind === 'agent' && label === undefined ? readStatus(said, settings) : undefined;
  return {
    text: status?.text ?? said,
    visibility,
    signer,
    subject: label === undefined ? null : idOf(settings.noteSubjects, label),
    ...(status && { status: status.status }),
  };
}

function readStatus(said: string, settings: Settings) {
  for (const kind of ['closure', 'reopening'] as const) {
    const lead = `${statusWords[kind]}: `;
    const end = said.indexOf('.\n');
    if (!said.startsWith(lead) || end === -1) continue;
    const label = said.slice(lead.length, end);
    return {
      text: said.slice(end + 2),
      status: { kind, reason: idOf(reasonsOf(kind, settings), label) },
    };
  }
  return undefined;
}

function reasonsOf(kind: 'closure' | 'reopening', settings: Settings): readonly Choice[] {
  return kind === 'closure' ? settings.closureReasons : settings.reopenReasons;
}

function labelOf(list: readonly Choice[], id: string): string {
  return list.find((choice) => choice.id === id)?.label ?? id;
}

function idOf(list: readonly Choice[], label: string): string {
  return list.find((choice) => choice.label === label)?.id ?? label;
}
