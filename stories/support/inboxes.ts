import { localToday, addDays } from '../../components/shared/format.js';
import type { NewInboxEntry } from '../../src/contract/inbox-entries.js';
import type { InboxRight } from '../../src/contract/inboxes.js';
import type { World } from './world.js';

const all: InboxRight[] = ['read', 'forward', 'cancel'];
const administrator = 'ada-whitlock';

/** How the inboxes of a story are set up. */
export interface InboxesOptions {
  /** What Lena of Finance may do there; everything unless told. */
  readonly rights?: InboxRight[];
  readonly names?: readonly string[];
  /** Leaves the inboxes empty. */
  readonly empty?: boolean;
  /** Who works on the first case already. */
  readonly takenBy?: string;
  /** So many entries about one customer besides. */
  readonly many?: number;
}

/** The inboxes of Larkwell Fibre, with Lena and Tarek of Finance as members of all of them, and what waits there. */
export function withInboxes({
  rights = all,
  names = ['Finance', 'Technical'],
  empty = false,
  takenBy,
  many = 0,
}: InboxesOptions = {}) {
  return async (world: World): Promise<void> => {
    const client = world.as(administrator);
    const ids: string[] = [];
    for (const name of names) {
      const { id } = await client.inboxes.create({
        name,
        members: [
          { personId: 'lena-moss', rights },
          { personId: 'tarek-khalil', rights: all },
        ],
      });
      ids.push(id);
    }
    const [finance = '', technical] = ids;
    if (empty) return;
    const put = async (subject: string, input: NewInboxEntry) => {
      const { id } = await world.caseNamed(subject);
      return client.inboxEntries.create({ caseId: id, inboxId: finance, ...input });
    };
    const today = localToday();
    const first = await put('Picture freezes during live matches', {
      message:
        'Customer lost four live matches in November. Technical confirmed the fault on our side. Please decide on a refund for one month and write to her.',
      dueType: 'resolve-by',
      dueOn: today,
    });
    if (takenBy) await world.as(takenBy).inboxEntries.take(first.id);
    const second = await put('Charged twice in October', {
      dueType: 'call-back-by',
      dueOn: addDays(today, 9),
    });
    await world.as('tarek-khalil').inboxEntries.take(second.id);
    await put('Credit for missed service level in October', { dueType: 'no-deadline' });
    await client.inboxEntries.create({
      customerId: 'c-2077',
      inboxId: finance,
      message: 'Asks by telephone for a bank statement of all payments of this year.',
    });
    if (technical)
      await put('Refund not received after cancelled trial', {
        inboxId: technical,
        message: 'Wrote again today.',
      });
    for (let made = 0; made < many; made += 20)
      await Promise.all(
        Array.from({ length: 20 }, (_, at) =>
          client.inboxEntries.create({
            customerId: 'c-2077',
            inboxId: finance,
            message: `Question ${made + at + 1}.`,
          }),
        ),
      );
  };
}
