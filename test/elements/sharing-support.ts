import type { Grant, NewGrantee } from '../../src/contract/grants.js';
import type { SeedCase } from '../../server/engine/import-types.js';
import type { SamplePerson } from '../support/sample-tenant.js';
import { firstCaseId } from './case-detail-support.js';
import { aCase, aTenant, findAll, nameOf, type TestTenant } from './support.js';

export const network: NewGrantee = { kind: 'department', id: 'dept_network' };
export const leo: NewGrantee = { kind: 'person', id: 'person_leo' };
export const quist: NewGrantee = { kind: 'customer', id: 'cust_quist' };

/** A tenant with one case of Pia and of Customer Care, where customer service may share between departments. */
export async function aSharedTenant(over: Partial<SeedCase> = {}) {
  const tenant = await aTenant([aCase({ departmentId: 'dept_care', ...over })]);
  const { settings } = tenant.clientFor('administrator');
  const { version } = await settings.get();
  await settings.update({ sharing: { departmentRoles: ['customer-service'] } }, { version });
  return { tenant, caseId: await firstCaseId(tenant) };
}

/** Shares as somebody would in another browser. */
export async function share(
  tenant: TestTenant,
  caseId: string,
  by: SamplePerson,
  ...grantees: readonly NewGrantee[]
): Promise<Grant> {
  const { items } = await tenant
    .clientFor(by)
    .grants.add(caseId, { grantees: [...grantees], includeHistory: true });
  return items[0] as Grant;
}

/** The ways into the panel, by name. */
export const waysToShare = (detail: Element) =>
  findAll(detail, 'button', /Share case|More actions|Shared|access/).map((button) => nameOf(button));
