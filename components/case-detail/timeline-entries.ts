import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';

import type { Attachment } from '../../src/contract/attachments.js';
import type { Case } from '../../src/contract/cases.js';
import type { PersonRef } from '../../src/contract/common.js';
import type { NoteAction, NoteVisibility, TimelineEntry } from '../../src/contract/notes.js';
import type { Session } from '../../src/contract/session.js';
import { choiceLabel } from '../shared/choices.js';
import type { Sentence } from '../shared/field-errors.js';
import { formatBytes, formatInstant, formatMoment, initials } from '../shared/format.js';
import { caseIcon } from '../shared/case-icons.js';
import type { LinkType } from '../shared/host-actions/host-types.js';
import { icon } from '../shared/icons.js';
import { personName } from '../shared/person.js';
import { autolink } from './autolink.js';
import { changesInWords } from './changes-in-words.js';
import type { InboxInWords } from './inbox-in-words.js';
import { sharingInWords } from './sharing-in-words.js';

/** What the lines of a history need besides themselves. */
export interface EntryContext {
  readonly session: Session;
  readonly linkTypes: readonly LinkType[] | undefined;
  /** Files being fetched. */
  readonly fetching: ReadonlySet<string>;
  /** Why a file could not be fetched, by its id. */
  readonly failures: ReadonlyMap<string, Sentence>;
  readonly download: (attachment: Attachment) => void;
  /** The words for inboxes, once they have been fetched. */
  readonly inboxInWords: InboxInWords | undefined;
}

interface Card {
  readonly by: PersonRef | null | undefined;
  readonly at: string | null;
  readonly visibility?: NoteVisibility | undefined;
  readonly label?: unknown;
  readonly subject?: string | undefined;
  readonly text?: string | undefined;
  readonly attachments?: readonly Attachment[] | undefined;
}

/** Whether the reader wrote a line. */
export function isOwn({ by }: Pick<TimelineEntry, 'by'>, { actor }: Session): boolean {
  return by?.id === actor.id;
}

/** The case text as the first message (CC-23), by whoever submitted the case. */
export function renderFirstMessage(
  record: Case,
  creation: TimelineEntry | undefined,
  context: EntryContext,
): TemplateResult {
  return renderCard(
    {
      by: record.requester ?? record.createdBy,
      at: record.createdAt,
      text: record.description,
      attachments: creation?.attachments,
    },
    context,
  );
}

/** One line of the history; whatever it lacks, the rest of it is shown (CC-24). */
export function renderEntry(entry: TimelineEntry, context: EntryContext): TemplateResult | typeof nothing {
  const { settings, actor } = context.session;
  switch (entry.kind) {
    case 'note':
      return renderCard(
        {
          ...entry,
          ...(entry.action && renderAction(entry.action)),
          // Agents sort notes by subject; to a customer a note is a message.
          subject:
            entry.subject && actor.kind === 'agent'
              ? choiceLabel(settings, 'noteSubjects', entry.subject)
              : referenceOf(entry.action),
        },
        context,
      );
    case 'closure':
    case 'reopening': {
      const closing = entry.kind === 'closure';
      const list = closing ? 'closureReasons' : 'reopenReasons';
      return renderCard(
        {
          ...entry,
          label: closing
            ? html`<span class="pill status-closed">${msg('Closed', { id: 'case-detail.closed' })}</span>`
            : html`<span class="pill positive status-open"
                >${msg('Reopened', { id: 'case-detail.reopened' })}</span
              >`,
          subject: entry.reason ? choiceLabel(settings, list, entry.reason) : undefined,
        },
        context,
      );
    }
    case 'forward':
      return html`${renderLines(entry, context)} ${renderCard({ ...entry, subject: undefined }, context)}`;
    case 'inbox':
      return context.inboxInWords ? renderLines(entry, context) : nothing;
    default:
      return renderLines(entry, context);
  }
}

/** What the host did about the case, or could not do. */
function renderAction({ label, outcome }: NoteAction): Pick<Card, 'label'> {
  return {
    label:
      outcome === 'done'
        ? html`<span class="pill positive action">${icon('check')}<bdi>${label}</bdi></span>`
        : html`<span class="pill critical action"
            >${icon('alert')}<bdi>${label}</bdi> ·
            ${msg('Failed', { id: 'case-timeline.action.failed' })}</span
          >`,
  };
}

function referenceOf(action: NoteAction | undefined): string | undefined {
  const reference = action?.reference;
  return reference && msg(str`Reference: ${reference}`, { id: 'case-timeline.action.reference' });
}

/** A line in a few words, for whoever hears it instead of seeing it. */
export function entryInWords(entry: TimelineEntry, context: EntryContext): string {
  // A name, where "you" would want another form of the verb in most languages.
  const who = personName(entry.by);
  switch (entry.kind) {
    case 'note':
      return msg(str`New note from ${who}`, { id: 'case-timeline.new.note' });
    case 'closure':
      return msg(str`${who} closed the case`, { id: 'case-timeline.closed' });
    case 'reopening':
      return msg(str`${who} reopened the case`, { id: 'case-timeline.reopened' });
    case 'creation':
      return msg(str`${who} added this case`, { id: 'case-timeline.created' });
    default:
      return entry.changes
        ? linesOf(entry, entry.changes, context).join('. ')
        : msg(str`${who}: ${entry.kind}`, { id: 'case-timeline.other' });
  }
}

function renderLines(entry: TimelineEntry, context: EntryContext): TemplateResult {
  const lines =
    entry.changes && entry.changes.length > 0
      ? linesOf(entry, entry.changes, context)
      : [entryInWords(entry, context)];
  return html`${lines.map(
    (line) =>
      html`<p class="line">
        ${caseIcon('person')}<span><bdi>${line}</bdi> · ${renderTime(entry.at)}</span>
      </p>`,
  )}`;
}

const sharingKinds = ['sharing', 'department-sharing', 'access-preview', 'forward'];

function linesOf(
  entry: TimelineEntry,
  changes: NonNullable<TimelineEntry['changes']>,
  { session, linkTypes, inboxInWords }: EntryContext,
): string[] {
  const { kind, by } = entry;
  if (kind === 'inbox' && inboxInWords) return [inboxInWords(entry)];
  const { settings } = session;
  const who = personName(by);
  return sharingKinds.includes(kind)
    ? sharingInWords(kind, changes, who)
    : changesInWords(changes, { who, settings, linkTypes });
}

function renderCard(card: Card, context: EntryContext): TemplateResult {
  const { by, at, visibility, label, subject, text, attachments } = card;
  const { session } = context;
  const agent = session.actor.kind === 'agent';
  const internal = agent && visibility === 'internal';
  return html`<article class=${internal ? 'card internal' : 'card'}>
    <div class="head">
      <span class="avatar ${toneOf(by, internal)}" aria-hidden="true">${initials(personName(by))}</span>
      <strong><bdi>${nameOf(by, session)}</bdi></strong>
      ${label ?? nothing}
      ${
        !agent && by?.kind === 'agent'
          ? html`<span class="pill">${msg('Support', { id: 'case-timeline.support' })}</span>`
          : nothing
      }
      ${agent && visibility ? renderVisibility(visibility) : nothing}
      <span class="hint">${renderTime(at)}</span>
    </div>
    ${subject ? html`<p class="subject" dir="auto">${subject}</p>` : nothing}
    ${text ? html`<p class="text" dir="auto">${autolink(text)}</p>` : nothing}
    ${
      attachments && attachments.length > 0
        ? html`<ul class="attachments">
            ${attachments.map((attachment) => renderAttachment(attachment, context))}
          </ul>`
        : nothing
    }
  </article>`;
}

function renderVisibility(visibility: NoteVisibility): TemplateResult {
  return visibility === 'internal'
    ? html`<span class="pill caution"
        >${icon('lock')}${msg('Internal', { id: 'case-timeline.internal' })}</span
      >`
    : html`<span class="pill accent"
        >${caseIcon('eye')}${msg('Customer sees this', { id: 'case-timeline.public' })}</span
      >`;
}

function renderAttachment(
  attachment: Attachment,
  { fetching, failures, download }: EntryContext,
): TemplateResult {
  const { id, name, size } = attachment;
  const busy = fetching.has(id);
  const failure = failures.get(id);
  // What is read must be part of the name: who speaks to the page says what they see.
  const shown = `${name} · ${formatBytes(size)}`;
  return html`<li>
    <button
      class="attachment"
      type="button"
      aria-busy=${busy ? 'true' : 'false'}
      aria-label=${msg(str`Download ${shown}`, { id: 'case-timeline.download' })}
      @click=${() => download(attachment)}
    >
      ${caseIcon('attachment')}<span><bdi>${name}</bdi> · <bdi>${formatBytes(size)}</bdi></span>
    </button>
    ${failure ? html`<span class="error" role="alert">${icon('alert')}${failure()}</span>` : nothing}
  </li>`;
}

function renderTime(at: string | null): unknown {
  const text = formatMoment(at);
  return text && at
    ? html`<time datetime=${at} title=${formatInstant(at) ?? ''}>${text}</time>`
    : msg('unknown date', { id: 'date.unknown' });
}

function nameOf(by: PersonRef | null | undefined, { actor }: Session): string {
  // Customers are alone with support; among agents a name says more than "you".
  if (actor.kind === 'customer' && by?.id === actor.id) return msg('You', { id: 'case-timeline.you' });
  return personName(by);
}

function toneOf(by: PersonRef | null | undefined, internal: boolean): string {
  if (by?.kind === 'customer') return 'positive';
  return internal ? 'caution' : 'accent';
}
