import { msg, str } from '@lit/localize';

import { portalFeatures, portalFields } from '../../src/contract/portal.js';
import { formatList } from '../shared/locale.js';
import { effectiveScope, maskLevels, type PortalValues } from './portal-values.js';
import {
  candidateScopeLabel,
  candidateScopes,
  caseDetailLabel,
  featureLabel,
  scopePhrase,
} from './portal-words.js';
import { levelLabel } from '../shared/level-words.js';

/** What customers see and may do, in plain sentences. */
export function previewSentences(values: PortalValues): readonly string[] {
  if (!values.open)
    return [msg('Customers see no cases, and cannot submit any.', { id: 'portal.preview.closed' })];
  const scopes = formatList(effectiveScope(values).map(scopePhrase));
  const split = (names: readonly string[], ticked: readonly string[], label: (name: string) => string) => ({
    shown: formatList(names.filter((name) => ticked.includes(name)).map(label)),
    hidden: formatList(names.filter((name) => !ticked.includes(name)).map(label)),
  });
  const fields = split(portalFields, values.fields, caseDetailLabel);
  const features = split(portalFeatures, values.features, featureLabel);
  return [
    msg(str`Customers see ${scopes}.`, { id: 'portal.preview.scope' }),
    fields.shown
      ? msg(str`In each, beside the subject and the answers: ${fields.shown}.`, {
          id: 'portal.preview.fields',
        })
      : msg('In each they see the subject and the answers alone.', { id: 'portal.preview.fields.none' }),
    ...(fields.hidden ? [msg(str`Kept from them: ${fields.hidden}.`, { id: 'portal.preview.hidden' })] : []),
    features.shown
      ? msg(str`They may: ${features.shown}.`, { id: 'portal.preview.features' })
      : msg('They may read and nothing else.', { id: 'portal.preview.features.none' }),
    ...(features.hidden
      ? [msg(str`They may not: ${features.hidden}.`, { id: 'portal.preview.refused' })]
      : []),
  ];
}

/** What would show that did not show before, a sentence each: to customers, and to departments that received a case. */
export function wideningSentences(base: PortalValues, values: PortalValues): readonly string[] {
  return [...customersSee(base, values), ...customersReach(base, values), ...departmentsSee(base, values)];
}

function customersSee(base: PortalValues, values: PortalValues): string[] {
  if (!values.open) return [];
  // A portal that was closed showed nothing, whatever was ticked.
  const before: PortalValues = base.open ? base : { ...base, scope: [], features: [], fields: [] };
  const scopes = added(base.open ? effectiveScope(base) : [], effectiveScope(values));
  const fields = added(before.fields, values.fields).filter((name) => isOneOf(portalFields, name));
  const seen = added(before.features, values.features).filter((name) => isOneOf(showing, name));
  return [
    ...(scopes.length > 0
      ? [
          msg(str`Customers will see ${formatList(scopes.map(scopePhrase))}.`, {
            id: 'portal.widen.scope',
          }),
        ]
      : []),
    ...(fields.length > 0
      ? [
          msg(str`Customers will see in each case: ${formatList(fields.map(caseDetailLabel))}.`, {
            id: 'portal.widen.fields',
          }),
        ]
      : []),
    ...(seen.length > 0
      ? [
          msg(str`Customers may from now on: ${formatList(seen.map(featureLabel))}.`, {
            id: 'portal.widen.features',
          }),
        ]
      : []),
  ];
}

// What customers do themselves shows nobody more; these do.
const showing = ['share', 'listGrantees', 'seeReceipts'] as const;

/** To whom a case can be shown that could not before. */
function customersReach(base: PortalValues, values: PortalValues): string[] {
  const rank = (scope: string) => candidateScopes.findIndex((each) => each === scope);
  const wider = rank(values.candidateScope) > Math.max(0, rank(base.candidateScope));
  const who = candidateScopeLabel(values.candidateScope);
  return [
    ...(wider
      ? [msg(str`Customers can share their cases with: ${who}.`, { id: 'portal.widen.candidates' })]
      : []),
    ...(values.organisations && !base.organisations
      ? [
          msg('Everybody of an organisation will see the cases that agents share with it.', {
            id: 'portal.widen.organisations',
          }),
        ]
      : []),
  ];
}

function departmentsSee(base: PortalValues, values: PortalValues): string[] {
  return maskLevels.flatMap((level) => {
    const shown = added(values.masks[level], base.masks[level]);
    if (shown.length === 0) return [];
    const fields = formatList(shown.map(caseDetailLabel));
    return [
      msg(str`Departments with the level “${levelLabel(level)}” will see: ${fields}.`, {
        id: 'portal.widen.masks',
      }),
    ];
  });
}

function added(before: readonly string[], now: readonly string[]): string[] {
  return now.filter((name) => !before.includes(name));
}

function isOneOf(names: readonly string[], name: string): boolean {
  return names.includes(name);
}
