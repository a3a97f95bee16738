import type { Choice, Limits, Settings } from '../../src/contract/settings.js';
import { defaultNotices, noticeRules } from './notices/rules.js';
import { defaultInboxRules, readInboxRules, type NamedByRules } from './inboxes/rules-stored.js';
import { defaultSharing, sharingRules } from './policy/facts.js';
import { defaultPortal } from './policy/portal.js';
import { readAccess } from './settings-stored.js';
import { kebab } from '../input/text.js';

/** Fixed by the server, not by an administrator. */
export const limits: Limits = {
  subject: 200,
  description: 20_000,
  noteText: 4_000,
  search: 200,
  tag: 50,
  tags: 20,
  attachmentBytes: 10 * 1024 * 1024,
  attachmentsPerNote: 10,
  attachmentExtensions:
    'png jpg jpeg gif webp pdf txt csv log md json eml doc docx xls xlsx ppt pptx odt ods zip mp3 mp4 mov heic'.split(
      ' ',
    ),
};

/** What an administrator can change. */
export type SettingsData = Omit<Settings, 'version' | 'limits' | 'problems'>;

function choices(...labels: string[]): Choice[] {
  return labels.map((label) => ({ id: kebab(label), label }));
}

/** What a tenant starts with. */
export const defaultSettings: SettingsData = {
  caseTypes: choices('Billing', 'Complaint', 'Technical', 'Account', 'Content', 'Question'),
  priorities: choices('High', 'Normal', 'Low'),
  defaultPriority: 'normal',
  contactMethods: choices('Phone', 'E-mail', 'Chat', 'Letter', 'Portal'),
  closureReasons: choices(
    'Resolved',
    'No answer from customer',
    'Duplicate',
    'Not reproducible',
    'Withdrawn by customer',
  ),
  reopenReasons: choices('Problem came back', 'Not solved', 'Closed by mistake', 'New information'),
  noteSubjects: choices(
    'Follow-up',
    'Call with customer',
    'Investigation',
    'Answer to customer',
    'Refund or credit',
    'Information',
  ),
  dueTypes: [
    { id: 'no-deadline', label: 'No deadline', dateRequired: false },
    { id: 'call-back-by', label: 'Call back by', dateRequired: true },
    { id: 'resolve-by', label: 'Resolve by', dateRequired: true },
  ],
  automations: [],
  requiredFields: { newCase: ['type', 'contactMethod', 'subject', 'description'] },
  reopenOnCustomerReply: false,
  portalScope: 'own',
  dueSoonDays: 3,
  portal: defaultPortal,
  sharing: defaultSharing,
  inboxes: defaultInboxRules,
  notices: defaultNotices,
};

/**
 * The settings as stored, completed by the defaults of what was added since, and narrowed where they cannot be meant. What is
 * wrong with the rules of inboxes is told whole where `named` says what there is of what they name.
 */
export function assembleSettings(
  version: number,
  data: Partial<SettingsData>,
  named?: NamedByRules,
): Settings {
  const { portalScope, portal, sharing, problems: ofAccess } = readAccess(data);
  const given = { ...defaultSettings, ...data };
  const { inboxes, problems: ofInboxes } = readInboxRules(data.inboxes, named ? { ...given, named } : given);
  const problems = [...ofAccess, ...ofInboxes];
  return {
    ...given,
    inboxes,
    portalScope,
    portal,
    notices: noticeRules({ notices: data.notices }),
    sharing: sharingRules({ sharing }),
    ...(problems.length > 0 && { problems }),
    version: String(version),
    limits,
  };
}
