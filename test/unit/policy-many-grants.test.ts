import { describe, expect, it } from 'vitest';

import type { Actor } from '../../server/backend.js';
import { decideRight } from '../../server/engine/policy/decide.js';
import type { CaseFacts, LiveGrant } from '../../server/engine/policy/facts.js';
import { historyStart } from '../../server/engine/policy/history-start.js';
import { maskedFields } from '../../server/engine/policy/masks.js';
import { assembleSettings } from '../../server/engine/settings-defaults.js';

const nobody = { tenant: 'here', name: 'Yuki', email: null, roles: [], departments: [], inboxes: [] };
const yuki: Actor = {
  ...nobody,
  id: 'person_yuki',
  kind: 'agent',
  roles: ['customer-service'],
  departments: ['dept_network'],
  customer: null,
  organisation: null,
};
const nora: Actor = {
  ...nobody,
  id: 'person_nora',
  kind: 'customer',
  customer: 'cust_quist',
  organisation: null,
};
const settings = {
  ...assembleSettings(1, {}),
  portal: { scope: ['own' as const, 'projects' as const], features: { reply: true }, fields: [] },
  sharing: { masks: { department: { full: [], restricted: [], 'read-only': ['requester' as const] } } },
};
const history = { from: '2025-01-01T00:00:00.000Z', after: 7 };

function aCase(id: string, projectId: string | null = null): CaseFacts {
  const nobodys = { requesterId: 'person_pia', assigneeId: null, departmentId: 'dept_care' };
  return { id, tenant: 'here', status: 'open', projectId, customerId: 'cust_aldermill', ...nobodys };
}

function toDepartment(unitId: string, level: string): LiveGrant {
  return { unit: 'case', unitId, granteeKind: 'department', level };
}

const many = Array.from({ length: 500 }, (_, index) => toDepartment(`case_${index}`, 'full'));
const projects = Array.from({ length: 50 }, (_, index): LiveGrant => ({
  unit: 'project',
  unitId: `project_${index}`,
  granteeKind: 'customer',
  level: 'collaborate',
  history,
}));

describe('of many grants', () => {
  it('DE-13, DE-12 those on the case count, and no others', () => {
    const grants = [...many, toDepartment('case_a', 'read-only')];
    const may = (id: string) => decideRight(yuki, 'edit', aCase(id), settings, grants).allowed;
    expect([may('case_7'), may('case_a'), may('case_500')]).toEqual([true, false, false]);
    expect([...maskedFields(yuki, aCase('case_a'), settings, grants)]).toEqual(['requester']);
    expect([...maskedFields(yuki, aCase('case_7'), settings, grants)]).toEqual([]);
    const both = [...grants, toDepartment('case_a', 'full')];
    expect(decideRight(yuki, 'edit', aCase('case_a'), settings, both).allowed).toBe(true);
  });

  it('CU-19, CU-06 those on its project count as well, where the portal shows projects', () => {
    const inside = aCase('case_1', 'project_3');
    const sees = (facts: CaseFacts, rules = settings) =>
      decideRight(nora, 'view', facts, rules, projects).allowed;
    expect([sees(inside), sees(aCase('case_1')), sees(aCase('project_3'))]).toEqual([true, false, false]);
    expect(sees(inside, { ...settings, portal: { ...settings.portal, scope: ['own'] } })).toBe(false);
    expect(historyStart(nora, inside, settings, projects)).toEqual(history);
  });
});
