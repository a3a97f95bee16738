import { msg, str } from '@lit/localize';

import type { CaseLink } from '../../src/contract/cases.js';
import type { FieldChange } from '../../src/contract/notes.js';
import type { ChoiceList, Settings } from '../../src/contract/settings.js';
import { choiceLabel } from '../shared/choices.js';
import { formatDate } from '../shared/format.js';
import type { LinkType } from '../shared/host-actions/host-types.js';
import { linkInWords } from '../shared/host-actions/link-words.js';
import { formatList } from '../shared/locale.js';

/** What the words of a change need besides the change. */
export interface ChangeContext {
  readonly who: string;
  readonly settings: Settings | undefined;
  /** What the page around calls what cases are linked to. */
  readonly linkTypes: readonly LinkType[] | undefined;
}

type Words = (value: string | undefined, who: string) => string;

const lists: Readonly<Record<string, ChoiceList>> = {
  type: 'caseTypes',
  priority: 'priorities',
  contactMethod: 'contactMethods',
};

// Whole sentences, for languages that order words differently.
const sentences: Readonly<Record<string, Words>> = {
  subject: (value, who) =>
    value === undefined
      ? msg(str`${who} removed the subject`, { id: 'change.subject.none' })
      : msg(str`${who} changed the subject to “${value}”`, { id: 'change.subject' }),
  description: (_value, who) => msg(str`${who} rewrote the case text`, { id: 'change.description' }),
  type: (value, who) =>
    value === undefined
      ? msg(str`${who} removed the type`, { id: 'change.type.none' })
      : msg(str`${who} set the type to ${value}`, { id: 'change.type' }),
  priority: (value, who) =>
    value === undefined
      ? msg(str`${who} removed the priority`, { id: 'change.priority.none' })
      : msg(str`${who} set the priority to ${value}`, { id: 'change.priority' }),
  deadline: (value, who) =>
    value === undefined
      ? msg(str`${who} removed the deadline`, { id: 'change.deadline.none' })
      : msg(str`${who} set the deadline to ${value}`, { id: 'change.deadline' }),
  contactMethod: (value, who) =>
    value === undefined
      ? msg(str`${who} removed the contact method`, { id: 'change.contact-method.none' })
      : msg(str`${who} set the contact method to ${value}`, { id: 'change.contact-method' }),
  assignee: (value, who) =>
    value === undefined
      ? msg(str`${who} took the assignee off`, { id: 'change.assignee.none' })
      : msg(str`${who} assigned the case to ${value}`, { id: 'change.assignee' }),
  department: (value, who) =>
    value === undefined
      ? msg(str`${who} took the case out of its department`, { id: 'change.department.none' })
      : msg(str`${who} moved the case to ${value}`, { id: 'change.department' }),
  project: (value, who) =>
    value === undefined
      ? msg(str`${who} took the case out of its project`, { id: 'change.project.none' })
      : msg(str`${who} put the case into the project ${value}`, { id: 'change.project' }),
  requester: (value, who) =>
    value === undefined
      ? msg(str`${who} removed the requester`, { id: 'change.requester.none' })
      : msg(str`${who} made ${value} the requester`, { id: 'change.requester' }),
  status: (value, who) =>
    value === undefined
      ? msg(str`${who} removed the status`, { id: 'change.status.none' })
      : msg(str`${who} set the status to ${value}`, { id: 'change.status' }),
};

/** The changes of one line of history as sentences: "Luca Moretti set the priority to High". */
export function changesInWords(changes: readonly FieldChange[], context: ChangeContext): string[] {
  return changes.flatMap((change) => {
    const field = change.field.replace(/Id$/, '');
    if (field === 'tags') return tagsInWords(change, context);
    if (field === 'links') return linksInWords(change, context);
    const sentence = sentences[field];
    if (sentence) return [sentence(valueInWords(field, change.to, context), context.who)];
    return [msg(str`${context.who} changed ${change.field}`, { id: 'change.other' })];
  });
}

function tagsInWords({ from, to }: FieldChange, { who }: ChangeContext): string[] {
  const before = textsOf(from);
  const after = textsOf(to);
  const added = after.filter((tag) => !before.includes(tag));
  const removed = before.filter((tag) => !after.includes(tag));
  const lines: string[] = [];
  if (added.length > 0) {
    const tags = formatList(added);
    lines.push(
      added.length === 1
        ? msg(str`${who} added the tag ${tags}`, { id: 'change.tag.added' })
        : msg(str`${who} added the tags ${tags}`, { id: 'change.tags.added' }),
    );
  }
  if (removed.length > 0) {
    const tags = formatList(removed);
    lines.push(
      removed.length === 1
        ? msg(str`${who} removed the tag ${tags}`, { id: 'change.tag.removed' })
        : msg(str`${who} removed the tags ${tags}`, { id: 'change.tags.removed' }),
    );
  }
  return lines.length > 0 ? lines : [msg(str`${who} changed the tags`, { id: 'change.tags' })];
}

function linksInWords({ from, to }: FieldChange, { who, linkTypes }: ChangeContext): string[] {
  const before = linksOf(from, linkTypes);
  const after = linksOf(to, linkTypes);
  const added = after.filter((link) => !before.includes(link));
  const removed = before.filter((link) => !after.includes(link));
  const lines = [
    ...(added.length > 0
      ? [msg(str`${who} linked the case to ${formatList(added)}`, { id: 'change.links.added' })]
      : []),
    ...(removed.length > 0
      ? [msg(str`${who} removed the link to ${formatList(removed)}`, { id: 'change.links.removed' })]
      : []),
  ];
  return lines.length > 0 ? lines : [msg(str`${who} changed the links`, { id: 'change.links' })];
}

function linksOf(value: unknown, linkTypes: ChangeContext['linkTypes']): string[] {
  const links: readonly unknown[] = Array.isArray(value) ? value : [];
  return links.filter(isLink).map((link) => linkInWords(link, linkTypes));
}

function isLink(link: unknown): link is CaseLink {
  const { type, id } = (link ?? {}) as Partial<CaseLink>;
  return !!type && !!id;
}

function valueInWords(field: string, value: unknown, { settings }: ChangeContext) {
  if (value === null || value === undefined || value === '') return undefined;
  if (typeof value === 'object')
    return 'name' in value && typeof value.name === 'string' ? value.name : JSON.stringify(value);
  if (typeof value !== 'string') return JSON.stringify(value);
  const list = lists[field];
  if (list) return choiceLabel(settings, list, value);
  return field === 'deadline' ? formatDate(value) : value;
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
