import { describe, expect, it } from 'vitest';

import type { Actor } from '../../server/backend.js';
import { decide, decidedActions } from '../../server/engine/policy/decide.js';
import type { CaseFacts, LiveGrant } from '../../server/engine/policy/facts.js';
import { defaultPortal } from '../../server/engine/policy/portal.js';
import { decideTenant } from '../../server/engine/policy/tenant.js';
import type { CaseAction } from '../../src/contract/cases.js';

const settings = { portalScope: 'own', reopenOnCustomerReply: false };

function aPerson(change: Partial<Actor> = {}): Actor {
  return {
    id: 'mara',
    tenant: 'larkwell',
    kind: 'agent',
    name: 'Mara',
    email: null,
    roles: ['customer-service'],
    departments: ['care'],
    inboxes: [],
    customer: null,
    organisation: null,
    ...change,
  };
}

function aCustomer(change: Partial<Actor> = {}): Actor {
  return aPerson({ id: 'pia', kind: 'customer', roles: [], departments: [], customer: 'mill', ...change });
}

function facts(change: Partial<CaseFacts> = {}): CaseFacts {
  return {
    id: 'case_1',
    tenant: 'larkwell',
    status: 'open',
    projectId: null,
    customerId: 'mill',
    requesterId: 'pia',
    assigneeId: null,
    departmentId: 'care',
    ...change,
  };
}

function aGrant(
  granteeKind: LiveGrant['granteeKind'],
  level: string,
  change: Partial<LiveGrant> = {},
): LiveGrant {
  return { unit: 'case', unitId: 'case_1', granteeKind, level, ...change };
}

function allowed(actor: Actor, of = facts(), grants: LiveGrant[] = [], switches = settings): CaseAction[] {
  return decidedActions.filter((action) => decide(actor, action, of, switches, grants).allowed);
}

/** What an agent may do who belongs to the case; to share with customers is part of it. */
const everything = [
  'view',
  'reply',
  'addInternalNote',
  'attach',
  'edit',
  'close',
  'assign',
  'forward',
  'putInInbox',
  'moveToProject',
  'share',
  'unshare',
  'listGrantees',
  'seeReceipts',
  'export',
];
const requesters = ['view', 'reply', 'attach', 'share', 'unshare', 'listGrantees', 'seeReceipts'];
const followers = ['view', 'reply', 'attach', 'listGrantees'];

describe('decide', () => {
  it.each([
    ['an administrator', aPerson({ roles: ['system-administrator'], departments: [] }), facts()],
    ['customer service of the department', aPerson(), facts()],
    ['a sales agent of the department', aPerson({ roles: ['sales-agent'] }), facts()],
    ['an agent, of a case without department', aPerson({ departments: [] }), facts({ departmentId: null })],
    ['the assignee from another department', aPerson({ departments: [] }), facts({ assigneeId: 'mara' })],
  ])('lets %s work on an open case', (_, actor, of) => {
    // Of levels only those of customers are an administrator's to change.
    expect(allowed(actor, of).filter((action) => action !== 'changeLevel')).toEqual(everything);
    expect(allowed(actor, of).includes('changeLevel')).toBe(actor.roles.includes('system-administrator'));
  });

  it('CC-01 refuses every action to other roles, by the rule cases.role', () => {
    for (const roles of [[], ['finance'], ['something-new']]) {
      const actor = aPerson({ roles });
      expect(allowed(actor)).toEqual([]);
      expect(decide(actor, 'view', facts(), settings, []).rule).toBe('cases.role');
      expect(decideTenant(actor, 'listCases', settings)).toMatchObject({
        allowed: false,
        rule: 'cases.role',
      });
    }
  });

  it('hides a case of another department', () => {
    expect(decide(aPerson({ departments: ['network'] }), 'view', facts(), settings, [])).toEqual({
      allowed: false,
      rule: 'cases.visibility',
      reason: 'The case is not available to you.',
    });
  });

  it('never crosses tenants, whatever the role or grant', () => {
    const actor = aPerson({ tenant: 'elsewhere', roles: ['system-administrator'] });
    expect(allowed(actor, facts(), [aGrant('person', 'collaborate')])).toEqual([]);
  });

  it('lets a customer see and answer their own case, and nothing else', () => {
    expect(allowed(aCustomer())).toEqual(requesters);
    expect(allowed(aCustomer({ id: 'leo' }))).toEqual([]);
    expect(decide(aCustomer(), 'close', facts(), settings, []).rule).toBe('customer.status');
    expect(decide(aCustomer(), 'addInternalNote', facts(), settings, []).rule).toBe(
      'customer.internal-notes',
    );
  });

  it('CU-24 shows customers nothing when the portal scope is none or unknown', () => {
    for (const portalScope of ['none', 'everything']) {
      const switches = { ...settings, portalScope };
      expect(allowed(aCustomer(), facts(), [], switches)).toEqual([]);
      for (const kind of ['person', 'customer', 'organisation'] as const)
        expect(allowed(aCustomer({ id: 'leo' }), facts(), [aGrant(kind, 'collaborate')], switches)).toEqual(
          [],
        );
    }
  });

  it('CC-47 refuses by the state of a closed case, after the right', () => {
    const closed = facts({ status: 'closed' });
    expect(allowed(aPerson(), closed)).toEqual([
      'view',
      'reopen',
      'unshare',
      'listGrantees',
      'seeReceipts',
      'export',
    ]);
    expect(decide(aPerson(), 'edit', closed, settings, []).rule).toBe('case.closed');
    expect(decide(aPerson(), 'reopen', facts(), settings, []).rule).toBe('case.open');
    expect(decide(aCustomer(), 'reply', closed, settings, []).rule).toBe('case.closed');
    expect(decide(aCustomer(), 'close', closed, settings, []).rule).toBe('customer.status');
  });

  it('lets a customer answer a closed case when that reopens it', () => {
    const switches = { ...settings, reopenOnCustomerReply: true };
    const closed = facts({ status: 'closed' });
    expect(allowed(aCustomer(), closed, [], switches)).toEqual([
      'view',
      'reply',
      'attach',
      'unshare',
      'listGrantees',
      'seeReceipts',
    ]);
    expect(decide(aPerson(), 'reply', closed, switches, []).rule).toBe('case.closed');
  });

  it('adds up live grants, each by its own kind and level', () => {
    const stranger = aCustomer({ id: 'leo' });
    expect(allowed(stranger, facts(), [aGrant('person', 'view')])).toEqual(['view', 'listGrantees']);
    expect(
      allowed(stranger, facts(), [aGrant('person', 'view'), aGrant('organisation', 'collaborate')]),
    ).toEqual(followers);
    expect(allowed(stranger, facts(), [aGrant('person', 'collaborate', { unitId: 'case_2' })])).toEqual([]);
    expect(decide(stranger, 'view', facts(), settings, [aGrant('customer', 'view')]).rule).toBe(
      'grant.customer',
    );
  });

  it('CU-23 reaches a case through its project where the portal shows what is followed', () => {
    const grant = aGrant('customer', 'view', { unit: 'project', unitId: 'proj_1' });
    const follower = aCustomer({ id: 'leo' });
    const shown = { ...settings, portal: { ...defaultPortal, scope: ['own', 'projects'] } };
    const item = facts({ projectId: 'proj_1' });
    expect(allowed(follower, item, [grant], shown)).toEqual(['view', 'listGrantees']);
    expect(allowed(follower, facts(), [grant], shown)).toEqual([]);
    expect(allowed(follower, item, [grant])).toEqual([]);
  });

  it.each([
    ['full', ['view', 'reply', 'addInternalNote', 'attach', 'edit', 'forward', 'listGrantees']],
    ['restricted', ['view', 'addInternalNote', 'forward', 'listGrantees']],
    ['read-only', ['view', 'addInternalNote', 'listGrantees']],
    ['a level nobody knows', ['view']],
  ])('DE-06 to DE-11 gives a receiving department at level %s no more than that', (level, actions) => {
    const receiver = aPerson({ departments: ['network'] });
    expect(allowed(receiver, facts(), [aGrant('department', level)])).toEqual(actions);
  });

  it('DE-04, DE-05 keep status and assignee from every receiving department', () => {
    const receiver = aPerson({ departments: ['network'] });
    const grants = [aGrant('department', 'full')];
    expect(decide(receiver, 'close', facts(), settings, grants).rule).toBe('recipient_cannot_set_status');
    expect(decide(receiver, 'reopen', facts(), settings, grants).rule).toBe('recipient_cannot_set_status');
    expect(decide(receiver, 'assign', facts(), settings, grants).rule).toBe('recipient_cannot_set_assignee');
  });

  it('says why, in every refusal and in no permission', () => {
    for (const action of decidedActions) {
      for (const actor of [aPerson(), aPerson({ roles: [] }), aCustomer(), aCustomer({ id: 'leo' })]) {
        const verdict = decide(actor, action, facts(), settings, []);
        expect(verdict.reason === undefined).toBe(verdict.allowed);
      }
    }
  });
});

describe('decideTenant', () => {
  it('keeps the settings to administrators', () => {
    expect(decideTenant(aPerson(), 'editSettings', settings).allowed).toBe(false);
    expect(decideTenant(aCustomer(), 'editSettings', settings).allowed).toBe(false);
    expect(decideTenant(aPerson({ roles: ['system-administrator'] }), 'editSettings', settings).allowed).toBe(
      true,
    );
    const pretender = aCustomer({ roles: ['system-administrator'] });
    expect(decideTenant(pretender, 'editSettings', settings).allowed).toBe(false);
  });

  it('lets customers submit for their own customer only while the portal is open', () => {
    expect(decideTenant(aCustomer(), 'createCase', settings).allowed).toBe(true);
    expect(decideTenant(aCustomer({ customer: null }), 'createCase', settings).allowed).toBe(false);
    const closed = decideTenant(aCustomer(), 'createCase', { ...settings, portalScope: 'none' });
    expect(closed).toMatchObject({ allowed: false, rule: 'portal.closed' });
  });
});
