import type { Actor, CallContext } from '../../backend.js';
import { BackendError } from '../../backend-error.js';
import type { Finding } from '../finding.js';
import { createDesk, type Desk } from './desk.js';
import type { RequestTrackerSetup } from './options.js';
import { listOf, ticketRowSchema, type RtUser } from './wire.js';

/** Tries each account, and whether queues, groups and custom fields are there as configured. */
export async function checkRequestTracker(setup: RequestTrackerSetup): Promise<Finding[]> {
  // The e-mail address of whoever signs in is not known here, only the account.
  const known = Object.keys(setup.accounts);
  if (known.length === 0) return [error('No account is configured: nobody could sign in.')];
  const identities = { by: 'map' as const, map: Object.fromEntries(known.map((name) => [name, name])) };
  const desk = createDesk({ ...setup, identities });
  const findings: Finding[] = [];
  const agents: { context: CallContext; user: RtUser }[] = [];
  for (const name of known) {
    const context = { actor: actorOf(name, setup.tenant ?? 'check') };
    try {
      const { user } = await desk.tracker.session(context);
      findings.push(ok(`${name} signs in as ${user.Name}.`));
      const byEmail = (setup.identities?.by ?? 'email') === 'email';
      if (byEmail && user.EmailAddress.toLowerCase() !== name.toLowerCase()) {
        findings.push(
          error(`${name} is the user ${user.Name}, whose address there is another: they would be refused.`),
        );
      }
      if (user.Privileged === 1) agents.push({ context, user });
    } catch (failure) {
      if (!(failure instanceof BackendError)) throw failure;
      if (failure.code !== 'forbidden') return [...findings, error(failure.message)];
      findings.push(error(`${name} cannot sign in: the user or the password is not right.`));
    }
  }
  const [first] = agents;
  if (!first) {
    return [...findings, error('No account of an agent works, so queues and fields could not be looked at.')];
  }
  return [
    ...findings,
    ...(await checkQueues(desk, first.context)),
    ...(await checkFields(desk, first.context)),
  ];
}

async function checkQueues(desk: Desk, context: CallContext): Promise<Finding[]> {
  const { setup, directory } = desk;
  const queues = await directory.queues(context);
  const named = [setup.queue, ...(setup.inboxes ?? []), ...Object.keys(setup.groups ?? {})];
  const absent = [...new Set(named)].filter((name) => !queues.some((queue) => queue.name === name));
  const findings = absent.map((name) => error(`There is no queue ${name}, or its tickets may not be seen.`));
  for (const queue of queues) {
    const group = await directory.groupOf(queue, context);
    if (!group)
      findings.push(warning(`No group works the queue ${queue.name}: cases cannot be shared with it.`));
  }
  return [ok(`${queues.length} queues are seen.`), ...findings];
}

async function checkFields(desk: Desk, context: CallContext): Promise<Finding[]> {
  const { fields = {}, customers } = desk.setup;
  const wanted = [...Object.values(fields), ...(customers?.by === 'field' ? [customers.field] : [])];
  if (wanted.length === 0) return [];
  const { items } = await desk.tracker.read(
    listOf(ticketRowSchema),
    '/tickets',
    { query: 'id > 0', fields: 'CustomFields', per_page: '1' },
    context,
  );
  const [ticket] = items;
  if (!ticket) return [warning('There is no ticket yet, so the custom fields could not be looked at.')];
  const names = new Set(ticket.CustomFields.map(({ name }) => name));
  return wanted.map((name) =>
    names.has(name)
      ? ok(`The custom field ${name} is there.`)
      : error(`The tickets have no custom field ${name}, or it may not be seen.`),
  );
}

function actorOf(id: string, tenant: string): Actor {
  return {
    id,
    tenant,
    kind: 'agent',
    name: id,
    email: null,
    roles: [],
    departments: [],
    inboxes: [],
    customer: null,
    organisation: null,
  };
}

function ok(text: string): Finding {
  return { level: 'ok', text };
}
function warning(text: string): Finding {
  return { level: 'warning', text };
}
function error(text: string): Finding {
  return { level: 'error', text };
}
