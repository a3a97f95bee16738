import type { NoticeRules, NoticeTemplate } from '../../../src/contract/notices.js';
import type { Settings } from '../../../src/contract/settings.js';
import type { EngineContext, Tx } from '../context.js';
import { hiddenFromCustomers, maskedAtAnyLevel } from '../policy/masks.js';
import { FieldErrors } from '../../input/validation.js';
import { checkTemplates } from './templates.js';

/** DE-31, DE-33: refuses rules for departments that there are not, words that cannot be filled in, and addresses not allowed. */
export async function checkNotices(
  tx: Tx,
  tenant: string,
  change: Partial<NoticeRules>,
  next: Pick<Settings, 'sharing' | 'portal'> & {
    readonly portalScope: string;
    readonly reopenOnCustomerReply: boolean;
  },
  { notices }: Pick<EngineContext, 'notices'>,
): Promise<void> {
  const fields = new FieldErrors();
  const named = [
    ...Object.keys(change.departments ?? {}).map((id) => [`notices.departments.${id}`, id] as const),
    ...(change.templates ?? []).flatMap(({ department }, index) =>
      department === null ? [] : [[`notices.templates.${index}.department`, department] as const],
    ),
  ];
  const known = await departmentsAmong(
    tx,
    tenant,
    named.map(([, id]) => id),
  );
  for (const [field, id] of named) {
    if (!known.has(id)) fields.add(field, 'not_found', 'There is no such department.');
  }
  if (change.templates) {
    const received = maskedAtAnyLevel(next);
    const everybody = new Set<string>([...received, ...hiddenFromCustomers(next)]);
    // A case is forwarded to agents of the house alone, who may have received it.
    const maskedFor = ({ event }: NoticeTemplate): ReadonlySet<string> =>
      event === 'forward' ? received : everybody;
    checkTemplates(change.templates, maskedFor, fields);
  }
  const { webhook } = change;
  if (webhook !== undefined && webhook !== null) {
    const accepted = notices?.channels.some((channel) => channel.accepts?.(webhook));
    if (!accepted)
      fields.add('notices.webhook', 'invalid', 'The operator of this server allows no requests there.');
  }
  fields.throwIfAny();
}

async function departmentsAmong(
  tx: Tx,
  tenant: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await tx
    .selectFrom('departments')
    .select('id')
    .where('tenant', '=', tenant)
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Set(rows.map(({ id }) => id));
}
