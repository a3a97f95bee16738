import { msg, str } from '@lit/localize';

import type { NoticeTemplate } from '../../src/contract/notices.js';
import { portalFeatures, portalFields, portalScopes } from '../../src/contract/portal.js';
import type { Settings } from '../../src/contract/settings.js';
import type { FieldErrors, Sentence } from '../shared/field-errors.js';
import { formatList } from '../shared/locale.js';
import { roleLabel } from '../shared/roles.js';
import { changedFields, sameField, type SettingsModel } from '../shared/settings/settings-model.js';
import {
  changeBetween,
  fieldOfSetting,
  maskLevels,
  parsePortalValues,
  portalFieldNames,
  valuesOf,
  type DepartmentNotices,
  type PortalField,
  type PortalValues,
} from './portal-values.js';
import {
  candidateScopeLabel,
  caseDetailLabel,
  featureLabel,
  languageLabel,
  noticeLabel,
  portalFieldLabel,
  scopeChoice,
} from './portal-words.js';
import { levelLabel } from '../shared/level-words.js';
import { checkTemplates, templateError, templateKey, templateTexts } from './templates.js';

/** The parts of the settings, on the wire, that this form edits. */
const wireFields = ['portalScope', 'portal', 'sharing', 'notices'] as const;
type WireField = (typeof wireFields)[number];

/** Whether a change of the settings, as the wire names it, is told here. */
function isTold(field: string): field is WireField {
  return (wireFields as readonly string[]).includes(field);
}

/** What a department is called, by its id. */
type NameOf = (id: string) => string;

/** How the settings of the portal and of sharing are edited. */
export function createPortalModel(nameOf: NameOf): SettingsModel<PortalValues> {
  return {
    draft: { caseId: null, kind: 'portal' },
    fields: portalFieldNames,
    valuesOf,
    parse: parsePortalValues,
    check: checkValues,
    place,
    changeBetween,
    label: portalFieldLabel,
    sentences: (field, from, to, settings) =>
      isTold(field)
        ? wireSentences(field, from, to, settings, nameOf)
        : fieldSentences(field as PortalField, from, to, nameOf),
  };
}

const mostDays = { receiptDays: 3650, expiryReminderDays: 365 } as const;

function checkValues(values: PortalValues, base: PortalValues): FieldErrors {
  const errors: Record<string, Sentence | undefined> = {
    ...checkTemplates(values.templates, maskedIn(values, base)),
  };
  for (const field of ['receiptDays', 'expiryReminderDays'] as const) {
    const text = values[field].trim();
    const most = mostDays[field];
    if (text !== '' && (!/^\d+$/.test(text) || Number(text) < 1 || Number(text) > most))
      errors[field] = () =>
        msg(str`Enter a whole number of days from 1 to ${most}, or nothing.`, { id: 'portal.days.invalid' });
  }
  if (values.webhook.trim() && !URL.canParse(values.webhook.trim()))
    errors['webhook'] = () =>
      msg('Enter a whole web address, such as https://example.com/notices.', {
        id: 'portal.webhook.invalid',
      });
  return errors;
}

/** The fields that some readers of a notice may not see: of the house alone where a case is forwarded within it. */
function maskedIn(
  values: PortalValues,
  base: PortalValues,
): (template: NoticeTemplate) => ReadonlySet<string> {
  // Words that stay are not refused because a field is hidden now: it is left out of them.
  if (sameField('templates', values, base)) return () => new Set();
  const received = new Set(maskLevels.flatMap((level) => values.masks[level]));
  const everybody = new Set([...received, ...portalFields.filter((name) => !values.fields.includes(name))]);
  return ({ event }) => (event === 'forward' ? received : everybody);
}

/** Where the server's word about a field belongs: it names fields as the wire does. */
function place(field: string, values: PortalValues): string | undefined {
  const [, part, index, text] = field.split('.');
  if (part !== 'templates') return fieldOfSetting(field);
  const template = values.templates[Number(index)];
  return template && templateError(template, templateTexts.find((each) => each === text) ?? 'text');
}

/** What became of a part of the wire: each thing that can be decided by itself, by its name. */
function wireSentences(
  part: WireField,
  from: unknown,
  to: unknown,
  settings: Settings | undefined,
  nameOf: NameOf,
): readonly string[] {
  if (!settings) return [];
  try {
    const before = valuesOf({ ...settings, [part]: from ?? undefined });
    const after = valuesOf({ ...settings, [part]: to ?? undefined });
    return changedFields({ fields: portalFieldNames }, before, after).map(
      (field) =>
        `${portalFieldLabel(field)}: ${fieldSentences(field, before[field], after[field], nameOf).join(' ')}`,
    );
  } catch {
    // Of a shape that only an older or newer server knows: that it changed is told all the same.
    return [];
  }
}

/** The name of a part of the wire; `undefined` for what is edited elsewhere. */
export function toldLabel(field: string): string | undefined {
  switch (field) {
    case 'portal':
    case 'portalScope':
      return msg('What customers see', { id: 'portal.section.portal' });
    case 'sharing':
      return msg('Sharing', { id: 'portal.section.sharing' });
    case 'notices':
      return msg('Notices', { id: 'portal.section.notices' });
    default:
      return undefined;
  }
}

function fieldSentences(field: PortalField, from: unknown, to: unknown, nameOf: NameOf): readonly string[] {
  switch (field) {
    case 'unreadable':
      return [msg('Stored as it applies now.', { id: 'portal.problem.stored' })];
    case 'scope':
      return namesSentences(from, to, portalScopes, scopeChoice);
    case 'features':
      return namesSentences(from, to, portalFeatures, featureLabel);
    case 'fields':
      return namesSentences(from, to, portalFields, caseDetailLabel);
    case 'departmentRoles':
      return namesSentences(from, to, [], roleLabel);
    case 'departmentLevel':
      return [fromTo(levelLabel(String(from)), levelLabel(String(to)))];
    case 'candidateScope':
      return [fromTo(candidateScopeLabel(String(from)), candidateScopeLabel(String(to)))];
    case 'noticeLocale':
      return [fromTo(languageLabel(String(from)), languageLabel(String(to)))];
    case 'masks':
      return masksSentences(from as PortalValues['masks'], to as PortalValues['masks']);
    case 'departmentLevels':
      return recordSentences<readonly string[]>(from, to, nameOf, (levels) =>
        formatList(levels.map(levelLabel)),
      );
    case 'told':
      return recordSentences<DepartmentNotices>(from, to, nameOf, toldText);
    case 'templates':
      return templateSentences(from as readonly NoticeTemplate[], to as readonly NoticeTemplate[]);
    default:
      if (typeof to === 'boolean')
        return [
          to
            ? msg('Switched on.', { id: 'settings.change.on' })
            : msg('Switched off.', { id: 'settings.change.off' }),
        ];
      return [fromTo(textOr(from), textOr(to))];
  }
}

function namesSentences(
  from: unknown,
  to: unknown,
  order: readonly string[],
  label: (name: string) => string,
): string[] {
  const before = from as readonly string[];
  const after = to as readonly string[];
  const only = (names: readonly string[], others: readonly string[]) => {
    const left = names.filter((name) => !others.includes(name));
    return formatList(
      [...order.filter((name) => left.includes(name)), ...left.filter((name) => !order.includes(name))].map(
        label,
      ),
    );
  };
  const added = only(after, before);
  const removed = only(before, after);
  return [
    ...(added ? [msg(str`Added: ${added}.`, { id: 'portal.change.added' })] : []),
    ...(removed ? [msg(str`Taken out: ${removed}.`, { id: 'portal.change.removed' })] : []),
  ];
}

function masksSentences(from: PortalValues['masks'], to: PortalValues['masks']): string[] {
  return maskLevels.flatMap((level) => {
    const changes = namesSentences(from[level], to[level], [], caseDetailLabel);
    return changes.length > 0 ? [`${levelLabel(level)}: ${changes.join(' ')}`] : [];
  });
}

function recordSentences<T>(
  from: unknown,
  to: unknown,
  nameOf: NameOf,
  text: (value: T) => string,
): string[] {
  const before = from as Readonly<Record<string, T>>;
  const after = to as Readonly<Record<string, T>>;
  const usual = msg('as usual', { id: 'portal.change.usual' });
  const of = (record: Readonly<Record<string, T>>, id: string) => {
    const value = record[id];
    return value === undefined ? usual : text(value) || noneText();
  };
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((id) => JSON.stringify(before[id]) !== JSON.stringify(after[id]))
    .map((id) => `${nameOf(id)}: ${fromTo(of(before, id), of(after, id))}`);
}

/** What the agents of a department are told of. */
function toldText({ onShare, onReply }: DepartmentNotices): string {
  return formatList([...(onShare ? [noticeLabel('share')] : []), ...(onReply ? [noticeLabel('reply')] : [])]);
}

function templateSentences(from: readonly NoticeTemplate[], to: readonly NoticeTemplate[]): string[] {
  const before = new Map(from.map((each) => [templateKey(each), each]));
  const after = new Map(to.map((each) => [templateKey(each), each]));
  const names = (templates: Iterable<NoticeTemplate>) =>
    formatList([...templates].map(({ event, locale }) => `${noticeLabel(event)} (${languageLabel(locale)})`));
  const written = names(
    to.filter((each) => JSON.stringify(each) !== JSON.stringify(before.get(templateKey(each)))),
  );
  const removed = names(from.filter((each) => !after.has(templateKey(each))));
  return [
    ...(written ? [msg(str`Written anew: ${written}.`, { id: 'portal.change.written' })] : []),
    ...(removed ? [msg(str`Taken out: ${removed}.`, { id: 'portal.change.removed' })] : []),
  ];
}

function fromTo(from: string, to: string): string {
  return msg(str`From “${from}” to “${to}”.`, { id: 'settings.change.from-to' });
}

function textOr(value: unknown): string {
  return typeof value === 'string' && value !== '' ? value : noneText();
}

function noneText(): string {
  return msg('None', { id: 'settings.none' });
}
