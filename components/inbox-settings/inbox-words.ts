import { msg, str } from '@lit/localize';

import type { InboxRight } from '../../src/contract/inboxes.js';
import { formatList } from '../shared/locale.js';
import type { InboxField, MemberValue } from './inbox-values.js';

/** The name of a field of an inbox, alike wherever it is shown. */
export function inboxFieldLabel(field: InboxField): string {
  switch (field) {
    case 'name':
      return msg('Name', { id: 'inbox-settings.name' });
    case 'opensCases':
      return msg('Members may open the cases', { id: 'inbox-settings.opens-cases' });
    case 'retired':
      return msg('Retired', { id: 'inbox-settings.retired' });
    case 'members':
      return msg('Members', { id: 'inbox-settings.members' });
  }
}

/** What a right is called. */
export function rightLabel(right: InboxRight): string {
  switch (right) {
    case 'read':
      return msg('Read', { id: 'inbox-settings.right.read' });
    case 'forward':
      return msg('Forward', { id: 'inbox-settings.right.forward' });
    case 'cancel':
      return msg('Cancel', { id: 'inbox-settings.right.cancel' });
  }
}

/** What became of a field of an inbox, a sentence each. */
export function inboxSentences(field: string, from: unknown, to: unknown): readonly string[] {
  switch (field) {
    case 'name':
      return [msg(str`From “${String(from)}” to “${String(to)}”.`, { id: 'settings.change.from-to' })];
    case 'members':
      return memberSentences(from as readonly MemberValue[], to as readonly MemberValue[]);
    default:
      return [
        to === true
          ? msg('Switched on.', { id: 'settings.change.on' })
          : msg('Switched off.', { id: 'settings.change.off' }),
      ];
  }
}

function memberSentences(from: readonly MemberValue[], to: readonly MemberValue[]): string[] {
  const before = new Map(from.map((member) => [member.id, member]));
  const after = new Set(to.map(({ id }) => id));
  const removed = formatList(from.filter(({ id }) => !after.has(id)).map(({ name }) => name));
  return [
    ...to.flatMap((member) => {
      const was = before.get(member.id);
      if (was && rightsText(was) === rightsText(member)) return [];
      const { name } = member;
      const rights = rightsText(member);
      return was
        ? [msg(str`${name} may now: ${rights}.`, { id: 'inbox-settings.change.rights' })]
        : [msg(str`${name} joins and may: ${rights}.`, { id: 'inbox-settings.change.joins' })];
    }),
    ...(removed ? [msg(str`Taken out: ${removed}.`, { id: 'inbox-settings.change.removed' })] : []),
  ];
}

function rightsText({ rights }: MemberValue): string {
  return formatList(rights.map(rightLabel)) || msg('nothing', { id: 'inbox-settings.right.none' });
}
