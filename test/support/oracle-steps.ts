import fc from 'fast-check';

import { levels, type Grantee, type GranteeKind, type History, type Shown } from './oracle-words.js';

/** Who does it: somebody of the cast, or whoever the rules give the most say over that case. */
export type Doer = string;
export const theRightOne = 'the right one';

interface OfCase {
  readonly by: Doer;
  /** Which case, counted round and round. */
  readonly of: number;
}
interface OfProject {
  readonly by: Doer;
  /** Which project, counted round and round. */
  readonly project: number;
}
interface OfGrant {
  readonly by: Doer;
  /** Which grant of all ever given, counted round and round. */
  readonly grant: number;
}

/** One thing that happens, in words that need no state: what it counts is counted round and round. */
export type Step =
  | { readonly do: 'create'; readonly by: Doer; readonly with: readonly Grantee[] }
  | (OfCase & {
      readonly do: 'share';
      readonly to: Grantee;
      readonly level: string | null;
      readonly minutes: number | null;
      readonly history: History;
    })
  | (OfGrant & { readonly do: 'revoke' })
  | (OfGrant & { readonly do: 'change level'; readonly level: string })
  | (OfGrant & { readonly do: 'change end'; readonly minutes: number | null })
  | {
      readonly do: 'belong';
      readonly who: string;
      readonly departments?: readonly string[];
      readonly customer?: string | null;
      readonly organisation?: string | null;
    }
  | { readonly do: 'wait'; readonly minutes: number }
  | (OfCase & { readonly do: 'move'; readonly department: string | null })
  | (OfCase & { readonly do: 'assign'; readonly assignee: string | null })
  | (OfCase & { readonly do: 'edit' })
  | (OfCase & { readonly do: 'change requester'; readonly to: string })
  | (OfCase & { readonly do: 'close' | 'reopen' | 'note'; readonly visibility: 'public' | 'internal' })
  /** Into a project, counted round and round, or out of every one. */
  | (OfCase & { readonly do: 'put'; readonly into: number | null })
  | (OfCase & { readonly do: 'wish'; readonly replies: boolean })
  | { readonly do: 'create project'; readonly by: Doer; readonly department: string | null }
  | (OfProject & {
      readonly do: 'share project';
      readonly to: Grantee;
      readonly level: string | null;
      readonly minutes: number | null;
      readonly history: History;
    })
  | (OfProject & { readonly do: 'message' })
  | { readonly do: 'show'; readonly by: Doer; readonly shown: readonly Shown[] };

export const places = {
  agents: ['iris', 'mara', 'yuki', 'lin', 'otto'],
  customers: ['pia', 'leo', 'ada', 'bea', 'far'],
  strangers: ['pia elsewhere'],
  departments: ['dept_care', 'dept_network', 'dept_legal'],
  accounts: ['cust_aldermill', 'cust_quist', 'cust_harbour'],
  organisations: ['org_aldermill', 'org_quist'],
} as const;

const targets: Readonly<Record<GranteeKind, readonly string[]>> = {
  person: places.customers.map((name) => `person_${name}`),
  department: places.departments,
  customer: places.accounts,
  organisation: places.organisations,
};

const anybody = fc.constantFrom(...places.agents, ...places.customers, ...places.strangers);
/** Most of what is tried should come about, or nothing is ever seen to end. */
const by = fc.oneof({ weight: 3, arbitrary: fc.constant(theRightOne) }, { weight: 1, arbitrary: anybody });
const which = fc.nat({ max: 11 });
const minutes = fc.option(fc.integer({ min: 1, max: 3 }));
const anyLevel = fc.constantFrom('full', 'restricted', 'read-only', 'collaborate', 'view');
const visibility = fc.constantFrom('public' as const, 'internal' as const);
const department = fc.option(fc.constantFrom(...places.departments), { freq: 6 });

function granteeOf(kind: GranteeKind): fc.Arbitrary<Grantee> {
  return fc.constantFrom(...targets[kind]).map((id) => ({ kind, id }));
}

const shares = (['person', 'department', 'customer', 'organisation'] as const).map((kind) =>
  fc.record({
    do: fc.constant('share' as const),
    by,
    of: which,
    to: granteeOf(kind),
    level: fc.option(fc.constantFrom(...levels[kind])),
    minutes: fc.option(fc.integer({ min: 1, max: 3 }), { freq: 2 }),
    history: fc.constantFrom('include' as const, 'include' as const, 'none' as const, 'none' as const, null),
  }),
);

const ofProject = { by, project: fc.nat({ max: 3 }) };
const projectSteps = [
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('share project' as const),
      ...ofProject,
      to: fc.oneof(
        { weight: 8, arbitrary: fc.oneof(granteeOf('customer'), granteeOf('organisation')) },
        { weight: 1, arbitrary: granteeOf('department') },
      ),
      level: fc.option(fc.constantFrom('view', 'collaborate')),
      minutes: fc.option(fc.integer({ min: 1, max: 3 }), { freq: 2 }),
      history: fc.constantFrom('include' as const, 'none' as const, 'none' as const, null),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('message' as const), ...ofProject }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('create project' as const), by: anybody, department }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('show' as const),
      by,
      shown: fc.subarray(['projects', 'projects', 'customer', 'organisation'] as Shown[]),
    }),
  },
];

const belongs = fc.oneof(
  fc.record({
    do: fc.constant('belong' as const),
    who: fc.constantFrom('yuki', 'lin'),
    departments: fc.subarray([...places.departments], { maxLength: 2 }),
  }),
  fc.record({
    do: fc.constant('belong' as const),
    who: fc.constantFrom('pia', 'leo', 'ada', 'bea', 'far'),
    customer: fc.option(fc.constantFrom(...places.accounts), { freq: 4 }),
    organisation: fc.option(fc.constantFrom(...places.organisations), { freq: 3 }),
  }),
);

const ofCase = <T extends Step['do'], M>(name: T, more: { [K in keyof M]: fc.Arbitrary<M[K]> }) =>
  fc.record({ do: fc.constant(name), by, of: which, ...more }) as unknown as fc.Arbitrary<Step>;
const ofGrant = <T extends Step['do'], M>(name: T, more: { [K in keyof M]: fc.Arbitrary<M[K]> }) =>
  fc.record({ do: fc.constant(name), by, grant: which, ...more }) as unknown as fc.Arbitrary<Step>;

const step: fc.Arbitrary<Step> = fc.oneof(
  ...shares.map((arbitrary) => ({ weight: 4, arbitrary })),
  { weight: 6, arbitrary: ofGrant('revoke', {}) },
  { weight: 3, arbitrary: ofGrant('change level', { level: anyLevel }) },
  { weight: 2, arbitrary: ofGrant('change end', { minutes }) },
  { weight: 4, arbitrary: belongs },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 3 }) }),
  },
  { weight: 3, arbitrary: ofCase('move', { department }) },
  { weight: 2, arbitrary: ofCase('assign', { assignee: fc.option(fc.constantFrom(...places.agents)) }) },
  { weight: 1, arbitrary: ofCase('edit', {}) },
  { weight: 2, arbitrary: ofCase('change requester', { to: fc.constantFrom(...targets.person) }) },
  { weight: 2, arbitrary: ofCase('close', { visibility }) },
  { weight: 2, arbitrary: ofCase('reopen', { visibility }) },
  { weight: 4, arbitrary: ofCase('note', { visibility }) },
  { weight: 5, arbitrary: ofCase('put', { into: fc.option(fc.nat({ max: 3 })) }) },
  { weight: 2, arbitrary: ofCase('wish', { replies: fc.boolean() }) },
  ...projectSteps,
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('create' as const),
      by: anybody,
      with: fc.array(fc.oneof({ weight: 4, arbitrary: granteeOf('person') }, granteeOf('department')), {
        maxLength: 2,
      }),
    }),
  },
);

/** Anything that may happen, one after the other. */
export const stepsArbitrary = fc.array(step, { minLength: 1, maxLength: 25, size: 'max' });

const share = (
  by: Doer,
  of: number,
  kind: GranteeKind,
  id: string,
  level: string | null = null,
  history: History = 'include',
): Step => ({
  do: 'share',
  by,
  of,
  to: { kind, id },
  level,
  minutes: null,
  history,
});
const shareProject = (
  by: Doer,
  project: number,
  kind: GranteeKind,
  id: string,
  history: History = 'include',
): Step => ({ do: 'share project', by, project, to: { kind, id }, level: null, minutes: null, history });
const put = (by: Doer, of: number, into: number | null): Step => ({ do: 'put', by, of, into });
const note = (by: Doer, of: number, visibility: 'public' | 'internal'): Step => ({
  do: 'note',
  by,
  of,
  visibility,
});

/** What must have been tried, whatever chance brings. */
export const certainSteps: readonly (readonly Step[])[] = [
  [
    share('pia', 0, 'person', 'person_leo'),
    note('mara', 0, 'internal'),
    note('leo', 0, 'public'),
    share('leo', 0, 'person', 'person_ada'),
    { do: 'belong', who: 'leo', customer: 'cust_quist', organisation: 'org_quist' },
    { do: 'belong', who: 'leo', customer: 'cust_aldermill', organisation: 'org_aldermill' },
    { do: 'revoke', by: 'pia', grant: 0 },
  ],
  [
    share('mara', 0, 'department', 'dept_network', 'restricted'),
    note('yuki', 0, 'internal'),
    note('yuki', 0, 'public'),
    { do: 'change level', by: 'mara', grant: 0, level: 'full' },
    { do: 'edit', by: 'yuki', of: 0 },
    share('yuki', 0, 'department', 'dept_legal'),
    { do: 'close', by: 'yuki', of: 0, visibility: 'internal' },
    { do: 'move', by: 'mara', of: 0, department: 'dept_network' },
    { do: 'move', by: 'yuki', of: 0, department: 'dept_care' },
    { do: 'belong', who: 'yuki', departments: [] },
  ],
  [
    {
      do: 'share',
      by: 'mara',
      of: 1,
      to: { kind: 'organisation', id: 'org_quist' },
      level: 'view',
      minutes: 2,
      history: 'include',
    },
    note('bea', 1, 'public'),
    { do: 'wait', minutes: 1 },
    { do: 'change end', by: 'mara', grant: 0, minutes: 1 },
    { do: 'wait', minutes: 1 },
    share('mara', 1, 'customer', 'cust_quist'),
    { do: 'close', by: 'mara', of: 1, visibility: 'internal' },
    note('bea', 1, 'public'),
    { do: 'change requester', by: 'iris', of: 1, to: 'person_ada' },
    { do: 'reopen', by: 'iris', of: 1, visibility: 'public' },
    { do: 'change requester', by: 'iris', of: 1, to: 'person_ada' },
    { do: 'revoke', by: 'mara', grant: 1 },
  ],
  // A new conversation, the whole of it by another way, and what masks leave of a case by two departments.
  [
    note('mara', 1, 'public'),
    share('mara', 1, 'customer', 'cust_quist', null, null),
    share('mara', 1, 'customer', 'cust_quist', null, 'none'),
    note('bea', 1, 'public'),
    share('mara', 1, 'organisation', 'org_quist', 'view', 'include'),
    { do: 'revoke', by: 'mara', grant: 1 },
    share('mara', 1, 'department', 'dept_network', 'restricted'),
    { do: 'belong', who: 'yuki', departments: ['dept_network', 'dept_legal'] },
    share('mara', 1, 'department', 'dept_legal', 'read-only'),
    { do: 'change level', by: 'mara', grant: 2, level: 'read-only' },
    { do: 'change level', by: 'mara', grant: 3, level: 'full' },
    { do: 'edit', by: 'mara', of: 1 },
    { do: 'belong', who: 'yuki', departments: ['dept_network'] },
    { do: 'assign', by: 'mara', of: 1, assignee: 'yuki' },
  ],
  // Both have moved: what was shared in the old company is no access, and sharing anew is.
  [
    share('pia', 0, 'person', 'person_leo'),
    { do: 'belong', who: 'leo', customer: 'cust_quist', organisation: 'org_quist' },
    { do: 'belong', who: 'pia', customer: 'cust_quist', organisation: 'org_quist' },
    share('pia', 0, 'person', 'person_leo'),
  ],
  // A project, what is in it and what is not, who follows it, and a portal that does not show that (CU-19, CU-23).
  [
    note('mara', 0, 'public'),
    put('mara', 0, 0),
    shareProject('mara', 0, 'customer', 'cust_quist', null),
    shareProject('mara', 0, 'customer', 'cust_quist', 'none'),
    shareProject('bea', 0, 'customer', 'cust_harbour'),
    note('bea', 0, 'public'),
    { do: 'message', by: 'mara', project: 0 },
    put('mara', 1, 0),
    shareProject('mara', 0, 'organisation', 'org_quist'),
    { do: 'show', by: 'mara', shown: [] },
    { do: 'show', by: 'iris', shown: [] },
    share('mara', 0, 'customer', 'cust_quist', null, 'none'),
    { do: 'message', by: 'iris', project: 0 },
    { do: 'show', by: 'iris', shown: ['projects', 'organisation'] },
    put('mara', 0, null),
    { do: 'revoke', by: 'mara', grant: 1 },
    { do: 'revoke', by: 'mara', grant: 0 },
    put('yuki', 2, 1),
    shareProject('mara', 1, 'customer', 'cust_quist'),
  ],
  // Who is told, who has said that they want to be, and who has said that they do not.
  [
    share('pia', 0, 'person', 'person_leo'),
    { do: 'revoke', by: 'pia', grant: 0 },
    share('pia', 0, 'person', 'person_leo'),
    note('mara', 0, 'public'),
    { do: 'wish', by: 'leo', of: 0, replies: true },
    { do: 'wish', by: 'ada', of: 0, replies: true },
    note('mara', 0, 'public'),
    note('leo', 0, 'public'),
    share('mara', 0, 'department', 'dept_network', 'full'),
    { do: 'wish', by: 'pia', of: 0, replies: false },
    note('yuki', 0, 'public'),
    note('mara', 0, 'internal'),
    { do: 'revoke', by: 'pia', grant: 1 },
    note('mara', 0, 'public'),
    { do: 'wait', minutes: 1 },
    share('pia', 0, 'person', 'person_leo'),
    { do: 'close', by: 'mara', of: 0, visibility: 'public' },
  ],
  // What is masked in some of what a department received orders none of it, on no page; and who may not, moves nothing.
  [
    { do: 'create', by: 'mara', with: [] },
    { do: 'move', by: 'iris', of: 3, department: 'dept_care' },
    share('mara', 3, 'department', 'dept_network', 'full'),
    share('mara', 0, 'department', 'dept_network', 'restricted'),
    share('mara', 1, 'department', 'dept_network', 'restricted'),
    put('yuki', 3, 0),
    put('pia', 0, 0),
  ],
];
