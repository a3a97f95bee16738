import type { NoticeRules, NoticeTemplate } from '../../src/contract/notices.js';
import {
  portalFeatures,
  portalFields,
  portalScopes,
  type SettingsProblem,
} from '../../src/contract/portal.js';
import type { Settings, SettingsChange } from '../../src/contract/settings.js';
import { changedFields } from '../shared/settings/settings-model.js';

/** The levels below the full one: only they keep fields back. */
export const maskLevels = ['restricted', 'read-only'] as const;
export type MaskLevel = (typeof maskLevels)[number];

/** What the agents of one department are told. */
export interface DepartmentNotices {
  readonly onShare: boolean;
  readonly onReply: boolean;
}

/** What the form holds, a member per thing that can be decided by itself. Names that are not known are kept as they are. */
export interface PortalValues {
  /** Whether customers see cases at all. */
  readonly open: boolean;
  readonly scope: readonly string[];
  /** What customers may do: the ticked ones. */
  readonly features: readonly string[];
  /** The fields customers see. */
  readonly fields: readonly string[];
  readonly departmentRoles: readonly string[];
  readonly departmentLevel: string;
  /** By department, the levels it may be given; absent: each. */
  readonly departmentLevels: Readonly<Record<string, readonly string[]>>;
  readonly candidateScope: string;
  readonly allowSelfLeave: boolean;
  readonly ccAllowed: boolean;
  readonly organisations: boolean;
  readonly receipts: boolean;
  /** As they were typed; empty: for good, and never. */
  readonly receiptDays: string;
  readonly expiryReminderDays: string;
  /** By level, the fields that receiving departments do not see. */
  readonly masks: Readonly<Record<MaskLevel, readonly string[]>>;
  /** By department; one that is absent is told of nothing. */
  readonly told: Readonly<Record<string, DepartmentNotices>>;
  readonly noticeLocale: string;
  readonly templates: readonly NoticeTemplate[];
  /** As it was typed; empty: nowhere. */
  readonly webhook: string;
  /** What is stored and cannot be meant, as the wire names it; without it, what applies in its place is stored. */
  readonly unreadable: readonly string[];
}

export type PortalField = keyof PortalValues;

const sharingFields = [
  'departmentRoles',
  'departmentLevel',
  'departmentLevels',
  'candidateScope',
  'allowSelfLeave',
  'ccAllowed',
  'organisations',
  'receipts',
  'receiptDays',
  'expiryReminderDays',
  'masks',
] as const satisfies readonly PortalField[];

const noticeFields = [
  'told',
  'noticeLocale',
  'templates',
  'webhook',
] as const satisfies readonly PortalField[];

export const portalFieldNames: readonly PortalField[] = [
  'open',
  'scope',
  'features',
  'fields',
  ...sharingFields,
  ...noticeFields,
  'unreadable',
];

/** The settings as the form holds them; what an older server does not say is what it does then. */
export function valuesOf(settings: Settings): PortalValues {
  const { portalScope, portal, sharing, notices } = settings;
  const features = portal?.features ?? {};
  return {
    open: portalScope === 'own',
    scope: [...(portal?.scope ?? ['own'])],
    features: portalFeatures.filter((name) => features[name] ?? true),
    fields: [...(portal?.fields ?? portalFields)],
    departmentRoles: [...(sharing?.departmentRoles ?? [])],
    departmentLevel: sharing?.departmentLevel ?? 'full',
    departmentLevels: sorted(sharing?.departmentLevels ?? {}),
    candidateScope: sharing?.candidateScope ?? 'organisation',
    allowSelfLeave: sharing?.allowSelfLeave ?? false,
    ccAllowed: sharing?.ccAllowed ?? false,
    organisations: sharing?.organisations ?? false,
    receipts: sharing?.receipts?.enabled ?? true,
    receiptDays: typed(sharing?.receipts?.keepDays),
    expiryReminderDays: typed(sharing?.expiryReminderDays),
    masks: {
      restricted: [...(sharing?.masks?.department['restricted'] ?? [])],
      'read-only': [...(sharing?.masks?.department['read-only'] ?? [])],
    },
    ...noticeValues(notices),
    unreadable: problemsOf(settings).map(({ setting }) => setting),
  };
}

/** What is wrong with the settings as they are stored: as the backend says, or as it can be seen in the scope. */
export function problemsOf({ problems, portal }: Settings): readonly SettingsProblem[] {
  if (problems) return problems;
  return (portal?.scope ?? [])
    .filter((name) => !(portalScopes as readonly string[]).includes(name))
    .map((value) => ({ setting: 'portal.scope', code: 'unknown_value', value }));
}

/** The field of the form that a setting is in, as the wire names it: `sharing.masks.department.full`. */
export function fieldOfSetting(setting: string): PortalField | undefined {
  const [part = '', name = '', inside] = setting.split('.');
  switch (part) {
    case 'portalScope':
      return 'open';
    case 'portal':
      return ['scope', 'features', 'fields'].includes(name) ? (name as PortalField) : 'scope';
    case 'sharing':
      if (name === 'receipts') return inside === 'keepDays' ? 'receiptDays' : 'receipts';
      return sharingFields.find((each) => each === name);
    case 'notices':
      return { departments: 'told', locale: 'noticeLocale', templates: 'templates', webhook: 'webhook' }[
        name
      ] as PortalField | undefined;
    default:
      return undefined;
  }
}

function noticeValues(notices: NoticeRules | undefined): Pick<PortalValues, (typeof noticeFields)[number]> {
  const told = Object.entries(notices?.departments ?? {}).map(([id, { onShare, onReply = false }]) => [
    id,
    { onShare, onReply },
  ]);
  return {
    told: sorted(Object.fromEntries(told) as Record<string, DepartmentNotices>),
    noticeLocale: notices?.locale ?? 'en',
    templates: (notices?.templates ?? []).map(plainTemplate),
    webhook: notices?.webhook ?? '',
  };
}

/** The same template in the same shape: two states are compared as they are written. */
export function plainTemplate({
  department,
  event,
  locale,
  subject,
  text,
  sms,
}: NoticeTemplate): NoticeTemplate {
  return { department, event, locale, subject, text, ...(sms && { sms }) };
}

/** In the order of names, so that equal records are written alike. */
export function sorted<T>(record: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function typed(days: number | null | undefined): string {
  return days == null ? '' : String(days);
}

/** The days that are typed, `null` for none. */
function daysOf(text: string): number | null {
  return text.trim() === '' ? null : Number(text);
}

/** Which cases customers see, while they see any: with one name that is not known, only their own (CU-21, CU-24). */
export function applyingScope(scope: readonly string[]): readonly string[] {
  const known = portalScopes.filter((name) => name === 'own' || scope.includes(name));
  return scope.every((name) => (known as readonly string[]).includes(name)) ? known : ['own'];
}

/** Which cases customers see: none while the portal is closed. */
export function effectiveScope({ open, scope }: PortalValues): readonly string[] {
  return open ? applyingScope(scope) : [];
}

/** A list with one name more, or one less; what is known stands in its own order. */
export function withName(
  names: readonly string[],
  name: string,
  ticked: boolean,
  order: readonly string[],
): readonly string[] {
  const rest = names.filter((each) => each !== name);
  const all = ticked ? [...rest, name] : rest;
  return [...order.filter((each) => all.includes(each)), ...all.filter((each) => !order.includes(each))];
}

/** What is sent: of what changed, the names the contract knows. */
export function changeBetween(base: PortalValues, values: PortalValues): SettingsChange {
  const edited = changedFields({ fields: portalFieldNames }, base, values);
  const put = base.unreadable.filter((setting) => !values.unreadable.includes(setting));
  const changed = [...new Set([...edited, ...put.flatMap((setting) => fieldOfSetting(setting) ?? [])])];
  const only = (fields: readonly PortalField[], send: (field: PortalField) => object) => {
    const parts = changed.filter((field) => fields.includes(field)).map(send);
    return parts.length > 0 ? (Object.assign({}, ...parts) as object) : undefined;
  };
  const portal = only(['scope', 'features', 'fields'], (field) => portalPart(field, values));
  const sharing = only(sharingFields, (field) => sharingPart(field, values));
  const notices = only(noticeFields, (field) => noticePart(field, values));
  return {
    ...(changed.includes('open') && { portalScope: values.open ? 'own' : 'none' }),
    ...(portal && { portal }),
    ...(sharing && { sharing: withReceipts(sharing, changed, values) }),
    ...(notices && { notices }),
  };
}

function portalPart(field: PortalField, { scope, features, fields }: PortalValues): object {
  switch (field) {
    case 'scope':
      return { scope: portalScopes.filter((name) => name === 'own' || scope.includes(name)) };
    case 'features':
      return { features: Object.fromEntries(portalFeatures.map((name) => [name, features.includes(name)])) };
    default:
      return { fields: portalFields.filter((name) => fields.includes(name)) };
  }
}

function sharingPart(field: PortalField, values: PortalValues): object {
  switch (field) {
    case 'receipts':
    case 'receiptDays':
      return {};
    case 'expiryReminderDays':
      return { expiryReminderDays: daysOf(values.expiryReminderDays) };
    case 'masks':
      return { masks: { department: values.masks } };
    default:
      return { [field]: values[field] };
  }
}

/** Two fields of the form are one on the wire. */
function withReceipts(sharing: object, changed: readonly PortalField[], values: PortalValues): object {
  const receipts = {
    ...(changed.includes('receipts') && { enabled: values.receipts }),
    ...(changed.includes('receiptDays') && { keepDays: daysOf(values.receiptDays) }),
  };
  return Object.keys(receipts).length > 0 ? { ...sharing, receipts } : sharing;
}

function noticePart(field: PortalField, { told, noticeLocale, templates, webhook }: PortalValues): object {
  switch (field) {
    case 'told':
      return { departments: told };
    case 'noticeLocale':
      return { locale: noticeLocale };
    case 'templates':
      return { templates };
    default:
      return { webhook: webhook.trim() || null };
  }
}

/** What was kept of the form, or `undefined` when it is not of its shape. */
export function parsePortalValues(kept: unknown): PortalValues | undefined {
  if (!kept || typeof kept !== 'object') return undefined;
  const read = kept as Partial<Record<PortalField, unknown>>;
  const kinds: Record<PortalField, (value: unknown) => boolean> = {
    open: isBoolean,
    scope: isNames,
    features: isNames,
    fields: isNames,
    departmentRoles: isNames,
    departmentLevel: isText,
    departmentLevels: (value) => isRecord(value) && Object.values(value).every(isNames),
    candidateScope: isText,
    allowSelfLeave: isBoolean,
    ccAllowed: isBoolean,
    organisations: isBoolean,
    receipts: isBoolean,
    receiptDays: isText,
    expiryReminderDays: isText,
    masks: (value) => isRecord(value) && maskLevels.every((level) => isNames(value[level])),
    told: (value) =>
      isRecord(value) &&
      Object.values(value).every(
        (each) => isRecord(each) && isBoolean(each['onShare']) && isBoolean(each['onReply']),
      ),
    noticeLocale: isText,
    templates: (value) => Array.isArray(value) && value.every(isTemplate),
    webhook: isText,
    unreadable: isNames,
  };
  return portalFieldNames.every((field) => kinds[field](read[field])) ? (read as PortalValues) : undefined;
}

function isTemplate(value: unknown): boolean {
  return (
    isRecord(value) &&
    (value['department'] === null || isText(value['department'])) &&
    ['event', 'locale', 'subject', 'text'].every((name) => isText(value[name])) &&
    (value['sms'] === undefined || isText(value['sms']))
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isText);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}
