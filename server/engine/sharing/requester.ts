import { BackendError } from '../../backend-error.js';
import type { CaseRow } from '../case-record.js';
import { findPerson } from '../case-input.js';
import type { Executor } from '../context.js';
import { isAdministrator } from '../policy/facts.js';
import type { Scope } from '../scope.js';
import type { FieldErrors } from '../../input/validation.js';

/** Decision 6: whose case it is, only an administrator changes. */
export function requireRequesterChange({ actor }: Scope): void {
  if (isAdministrator(actor)) return;
  throw new BackendError('forbidden', {
    rule: 'requester.administrator',
    detail: 'Only a system administrator can make somebody else the requester.',
  });
}

/** Another person of the same organisation; of the same customer where the requester belongs to none. */
export async function checkRequester(
  db: Executor,
  row: CaseRow,
  id: string,
  fields: FieldErrors,
): Promise<{ id: string; name: string } | null> {
  const [found, before] = [
    await findPerson(db, row.tenant, id),
    row.requester_id === null ? undefined : await findPerson(db, row.tenant, row.requester_id),
  ];
  const organisation = before ? before.organisation_id : (row.organisation?.id ?? null);
  const customer = before?.customer_id ?? row.customer_id;
  const belongs =
    found?.kind === 'customer' &&
    !found.former &&
    (organisation === null ? found.customer_id === customer : found.organisation_id === organisation);
  if (!belongs) {
    fields.add('requesterId', 'principal_out_of_scope', 'Choose a person of the same organisation.');
    return null;
  }
  return { id: found.id, name: found.name };
}
