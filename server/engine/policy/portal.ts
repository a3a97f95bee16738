import type { CaseAction } from '../../../src/contract/cases.js';
import type { Verdict } from '../../../src/contract/common.js';
import {
  portalFeatures,
  portalFields,
  type PortalFeature,
  type PortalRules,
  type PortalScope,
} from '../../../src/contract/portal.js';
import type { Actor } from '../../backend.js';
import { refuse } from './verdict.js';

/** What a policy of the portal reads of the settings. */
export interface PortalSettings {
  readonly portalScope: string;
  readonly portal?: PortalRules | undefined;
}

/** What the portal shows at first: a customer's own cases, whole. */
export const defaultPortal: PortalRules = {
  scope: ['own'],
  features: Object.fromEntries(portalFeatures.map((feature) => [feature, true])),
  fields: [...portalFields],
};

/** Whether customers see anything at all; a value that is not known is the narrowest. */
export function isPortalOpen({ portalScope }: PortalSettings): boolean {
  return portalScope === 'own';
}

/** CU-21 to CU-24: whether the open portal shows cases beyond a person's own in this way. */
export function isShown(scope: Exclude<PortalScope, 'own'>, settings: PortalSettings): boolean {
  return isPortalOpen(settings) && (settings.portal ?? defaultPortal).scope.includes(scope);
}

/** By which of them the actor sees a case that is not theirs, to read it; `null` by none. */
export function shownBy(
  actor: Actor,
  facts: { readonly customerId: string; readonly organisationId?: string | null | undefined },
  settings: PortalSettings,
): string | null {
  if (actor.customer !== null && actor.customer === facts.customerId && isShown('customer', settings)) {
    return 'portal.customer';
  }
  // CU-22: who has no organisation sees what is their own.
  return actor.organisation !== null &&
    actor.organisation === facts.organisationId &&
    isShown('organisation', settings)
    ? 'portal.organisation'
    : null;
}

const refusals: Record<PortalFeature, Verdict> = {
  createCase: refuse('portal.create-case', 'Cases cannot be submitted here.'),
  reply: refuse('portal.reply', 'Cases cannot be answered here.'),
  attach: refuse('portal.attach', 'Files cannot be added here.'),
  share: refuse('portal.share', 'Cases cannot be shared here.'),
  listGrantees: refuse('portal.list-grantees', 'It is not shown here who has access.'),
  seeReceipts: refuse('portal.see-receipts', 'It is not shown here who opened a case.'),
};

/** CU-25: the refusal of what is not ticked for customers; `null` for what is, and for what is no feature. */
export function refusedFeature(action: CaseAction | PortalFeature, settings: PortalSettings): Verdict | null {
  if (!Object.hasOwn(refusals, action)) return null;
  const feature = action as PortalFeature;
  return (settings.portal ?? defaultPortal).features[feature] === true ? null : refusals[feature];
}
