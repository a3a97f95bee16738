import type { NoticeEvent } from './notices.js';

/** What a template may name, and the fields of the case that each one shows. */
const ofCase: Readonly<Record<string, readonly string[]>> = {
  'case.number': [],
  'case.subject': ['subject'],
  'case.description': ['description'],
  'case.status': ['status'],
  'case.type': ['type'],
  'case.priority': ['priority'],
  'case.deadline': ['deadline'],
  'case.customer': ['customer'],
  'case.requester': ['requester'],
  link: [],
};
const ofAll = { 'recipient.name': [], 'by.name': [] };
const ofNote = { 'note.text': [] };
const ofGrant = { 'grant.level': [], 'grant.expires': [] };

/** By event: the placeholders its templates may have, each with the fields of the case it shows (DE-33). */
export const noticePlaceholders: Readonly<Record<NoticeEvent, Readonly<Record<string, readonly string[]>>>> =
  {
    share: { ...ofAll, ...ofCase, ...ofGrant },
    reply: { ...ofAll, ...ofCase, ...ofNote },
    forward: { ...ofAll, ...ofCase },
    expiry: { ...ofAll, ...ofCase, ...ofGrant },
    message: { ...ofAll, ...ofNote, 'project.name': [] },
  };
