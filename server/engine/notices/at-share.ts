import { sql } from 'kysely';

import type { NewGrantee } from '../../../src/contract/grants.js';
import type { NoticeState } from '../../../src/contract/notices.js';
import type { Settings } from '../../../src/contract/settings.js';
import type { EngineContext, Tx } from '../context.js';
import { keyOf, type CheckedGrantee } from '../sharing/check-grantees.js';
import type { FieldErrors } from '../../input/validation.js';
import { noticeRules, tellsDepartment } from './rules.js';

/** How somebody a case is shared with is told of it from then on. */
export interface ShareNotice {
  readonly notified: NoticeState;
  readonly portalOnly: boolean;
}

/** Co-workers are always told of a share, departments by their rule, customers with the next public note. */
export function noticeOf(
  { kind, id, portalOnly }: Pick<CheckedGrantee, 'kind' | 'id' | 'portalOnly'>,
  { notices }: Pick<EngineContext, 'notices'>,
  settings: Pick<Settings, 'notices'>,
  nobody = false,
): ShareNotice {
  const told =
    kind === 'person' || (kind === 'department' && tellsDepartment(noticeRules(settings), id, 'onShare'));
  return {
    notified: notices && told ? 'pending' : 'off',
    portalOnly: (portalOnly || nobody) && (kind === 'customer' || kind === 'organisation'),
  };
}

/** CU-04: refuses a customer none of whose people can be told by e-mail, unless they are to read in the portal alone. */
export async function requireDeliverable(
  tx: Tx,
  tenant: string,
  { notices }: Pick<EngineContext, 'notices'>,
  input: { readonly grantees: readonly NewGrantee[]; readonly portalOnly?: boolean | undefined },
  wanted: readonly CheckedGrantee[],
  fields: FieldErrors,
): Promise<void> {
  if (input.portalOnly || !notices?.channels.some(({ needsAddress }) => needsAddress)) return;
  const customers = wanted.filter(({ kind, portalOnly }) => kind === 'customer' && !portalOnly);
  if (customers.length === 0) return;
  const { rows } = await sql<{ id: string }>`
    select distinct p.customer_id as id from people p where p.tenant = ${tenant} and p.kind = 'customer'
      and not p.former and p.email like '%_@_%' and p.customer_id = any(${customers.map(({ id }) => id)}::text[])`.execute(
    tx,
  );
  const reachable = new Set(rows.map(({ id }) => id));
  for (const { kind, id } of customers) {
    if (reachable.has(id)) continue;
    const index = input.grantees.findIndex((one) => keyOf(one.kind, one.id) === keyOf(kind, id));
    fields.add(
      `grantees.${index}.id`,
      'no_address',
      'No e-mail address is known of them. Send portalOnly to share in the portal alone.',
    );
  }
}
