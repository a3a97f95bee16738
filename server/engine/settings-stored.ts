import { grantLevels } from '../../src/contract/grants.js';
import {
  departmentMaskFields,
  portalFeatures,
  portalFields,
  portalScopes,
  type Masks,
  type PortalRules,
  type SettingsProblem,
} from '../../src/contract/portal.js';
import { candidateScopes, mostDays, type SharingRules } from '../../src/contract/settings.js';
import { defaultSharing } from './policy/facts.js';
import { defaultPortal } from './policy/portal.js';

/** What decides about access, read from what is stored, and what of that cannot be meant. */
export interface StoredAccess {
  readonly portalScope: string;
  readonly portal: PortalRules;
  readonly sharing: SharingRules;
  readonly problems: readonly SettingsProblem[];
}

/**
 * CU-21, CU-24: an error in the settings never widens access. What is absent has its default; what is no value of its
 * kind, or names what nothing has, counts as the narrowest there is in its place, and is told to administrators.
 */
export function readAccess(stored: {
  readonly portalScope?: unknown;
  readonly portal?: unknown;
  readonly sharing?: unknown;
}): StoredAccess {
  const problems = new Problems();
  const { portalScope = 'own' } = stored;
  if (portalScope !== 'own' && portalScope !== 'none') problems.unlike('portalScope', portalScope);
  return {
    portalScope: typeof portalScope === 'string' ? portalScope : 'none',
    portal: readPortal(stored.portal, problems),
    sharing: readSharing(stored.sharing, problems),
    problems: problems.found,
  };
}

/** What is found wrong while stored settings are read. */
export class Problems {
  readonly found: SettingsProblem[] = [];

  /** A name that is not known, or no name at all. */
  unlike(setting: string, value: unknown): void {
    if (typeof value === 'string')
      this.found.push({ setting, code: 'unknown_value', value: value.slice(0, 200) });
    else this.found.push({ setting, code: 'invalid' });
  }

  record(setting: string, value: unknown): Record<string, unknown> | null {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
    this.unlike(setting, value);
    return null;
  }

  /** Names that must all be known; `null` when one is not. */
  names(setting: string, value: unknown, known: readonly string[]): string[] | null {
    if (!Array.isArray(value)) {
      this.unlike(setting, value === null ? undefined : value);
      return null;
    }
    const unknown = value.filter((name) => !known.includes(name as string));
    for (const name of unknown) this.unlike(setting, name);
    return unknown.length === 0 ? known.filter((name) => value.includes(name)) : null;
  }

  flag(setting: string, value: unknown): boolean {
    if (typeof value !== 'boolean') this.unlike(setting, value);
    return value === true;
  }
}

const closedPortal: PortalRules = {
  scope: ['own'],
  features: Object.fromEntries(portalFeatures.map((feature) => [feature, false])),
  fields: [],
};

function readPortal(stored: unknown, problems: Problems): PortalRules {
  if (stored === undefined) return defaultPortal;
  const portal = problems.record('portal', stored);
  if (!portal) return closedPortal;
  const { scope, features, fields } = portal;
  return {
    scope:
      scope === undefined
        ? defaultPortal.scope
        : (problems.names('portal.scope', scope, portalScopes) ?? ['own']),
    features: features === undefined ? defaultPortal.features : readFeatures(features, problems),
    fields: fields === undefined ? defaultPortal.fields : readShown(fields, problems),
  };
}

function readFeatures(stored: unknown, problems: Problems): PortalRules['features'] {
  const features = problems.record('portal.features', stored);
  if (!features) return closedPortal.features;
  for (const name of Object.keys(features)) {
    if (!(portalFeatures as readonly string[]).includes(name)) problems.unlike('portal.features', name);
  }
  const ticked = (name: string): boolean =>
    Object.hasOwn(features, name) ? problems.flag(`portal.features.${name}`, features[name]) : true;
  return Object.fromEntries(portalFeatures.map((name) => [name, ticked(name)]));
}

/** A name that is not known shows nothing; those beside it are meant. */
function readShown(stored: unknown, problems: Problems): string[] {
  const all = problems.names('portal.fields', stored, portalFields);
  return all ?? (Array.isArray(stored) ? portalFields.filter((field) => stored.includes(field)) : []);
}

function readSharing(stored: unknown, problems: Problems): SharingRules {
  if (stored === undefined) return defaultSharing;
  const sharing = problems.record('sharing', stored);
  if (!sharing)
    return {
      ...defaultSharing,
      departmentLevel: 'read-only',
      candidateScope: 'customer',
      masks: allMasked(),
    };
  const read = <T>(name: keyof SharingRules, usual: T, value: (stored: unknown) => T): T =>
    sharing[name] === undefined ? usual : value(sharing[name]);
  const flag = (name: 'organisations' | 'allowSelfLeave' | 'ccAllowed'): boolean =>
    read(name, false, (value) => problems.flag(`sharing.${name}`, value));
  const oneOf = (
    name: 'departmentLevel' | 'candidateScope',
    known: readonly string[],
    narrowest: string,
  ): string =>
    read(name, defaultSharing[name], (value) => {
      if (known.includes(value as string)) return value as string;
      problems.unlike(`sharing.${name}`, value);
      return narrowest;
    });
  const roles = read('departmentRoles', defaultSharing.departmentRoles, (value) => {
    if (Array.isArray(value)) return value.filter((role): role is string => typeof role === 'string');
    problems.unlike('sharing.departmentRoles', value);
    return [];
  });
  const levels = readLevels(sharing['departmentLevels'], problems);
  return {
    ...defaultSharing,
    ...sharing,
    // Which of them may be given which level is then known of no department.
    departmentRoles: levels ? roles : [],
    departmentLevel: oneOf('departmentLevel', grantLevels.department, 'read-only'),
    organisations: flag('organisations'),
    candidateScope: oneOf('candidateScope', candidateScopes, 'customer'),
    allowSelfLeave: flag('allowSelfLeave'),
    ccAllowed: flag('ccAllowed'),
    masks: readMasks(sharing['masks'], problems),
    departmentLevels: levels ?? {},
    receipts: readReceipts(sharing['receipts'], problems),
    expiryReminderDays: read('expiryReminderDays', defaultSharing.expiryReminderDays ?? null, (value) =>
      readDays('sharing.expiryReminderDays', value, mostDays.expiryReminderDays, problems),
    ),
  };
}

/** CO-15: who opened a case is kept and shown only where it is certain that it shall be. */
function readReceipts(stored: unknown, problems: Problems): SharingRules['receipts'] {
  if (stored === undefined) return defaultSharing.receipts;
  const receipts = problems.record('sharing.receipts', stored);
  if (!receipts) return { enabled: false, keepDays: 1 };
  const { enabled = true, keepDays } = receipts;
  const usual = defaultSharing.receipts?.keepDays ?? null;
  return {
    enabled: problems.flag('sharing.receipts.enabled', enabled),
    keepDays:
      keepDays === undefined
        ? usual
        : readDays('sharing.receipts.keepDays', keepDays, mostDays.keepDays, problems, 1),
  };
}

function readDays(
  setting: string,
  value: unknown,
  most: number,
  problems: Problems,
  narrowest: number | null = null,
) {
  if (value === null || (Number.isInteger(value) && Number(value) > 0 && Number(value) <= most))
    return value as number | null;
  problems.unlike(setting, value);
  return narrowest;
}

/** DE-20; a level that is not known is not allowed. */
function readLevels(stored: unknown, problems: Problems): Record<string, string[]> | null {
  if (stored === undefined) return {};
  const levels = problems.record('sharing.departmentLevels', stored);
  return (
    levels &&
    Object.fromEntries(
      Object.entries(levels).map(([department, value]) => {
        const known: readonly string[] = grantLevels.department;
        const all = problems.names(`sharing.departmentLevels.${department}`, value, known);
        return [
          department,
          all ?? (Array.isArray(value) ? known.filter((level) => value.includes(level)) : []),
        ];
      }),
    )
  );
}

function readMasks(stored: unknown, problems: Problems): Masks {
  if (stored === undefined) return noMasks();
  const department = problems.record('sharing.masks', stored)?.['department'];
  if (problems.found.some(({ setting }) => setting === 'sharing.masks')) return allMasked();
  if (department === undefined) return noMasks();
  const levels = problems.record('sharing.masks.department', department);
  if (!levels) return allMasked();
  const known: readonly string[] = grantLevels.department;
  const strays = Object.keys(levels).filter((level) => !known.includes(level));
  for (const level of strays) problems.unlike('sharing.masks.department', level);
  // Whatever level was meant.
  if (strays.length > 0) return allMasked();
  const read = (level: string): string[] =>
    levels[level] === undefined
      ? []
      : (problems.names(`sharing.masks.department.${level}`, levels[level], departmentMaskFields) ?? [
          ...departmentMaskFields,
        ]);
  return { department: Object.fromEntries(known.map((level) => [level, read(level)])) };
}

function noMasks(): Masks {
  return { department: { full: [], restricted: [], 'read-only': [] } };
}

function allMasked(): Masks {
  const all = [...departmentMaskFields];
  return { department: { full: [], restricted: all, 'read-only': all } };
}
