import { BackendError } from '../../backend-error.js';
import type { Finding } from '../finding.js';
import { createDesk, type Desk } from './desk.js';
import type { ZohoDeskOptions } from './options.js';
import { nameOfAgent } from './viewers.js';
import { agentSchema, departmentSchema, parseList, parseOne, ticketSchema } from './wire.js';

/** Tries connection, rights and mapping. Nothing is written, and nothing of a ticket is told. */
export async function checkZohoDesk(options: ZohoDeskOptions): Promise<readonly Finding[]> {
  const desk = createDesk(options);
  const findings: Finding[] = [];
  const me = await tell(findings, async () => parseOne(agentSchema, await desk.client.read('/myinfo')));
  if (!me) return findings;
  findings.push({ level: 'ok', text: `Zoho Desk lets this gateway in as ${nameOfAgent(me)}.` });
  await checkDepartments(desk, me.associatedDepartmentIds ?? [], findings);
  await checkReads(desk, findings);
  checkLists(desk, findings);
  if (desk.options.identities?.by === undefined || desk.options.identities.by === 'email') {
    findings.push({
      level: 'warning',
      text: 'People are matched by the e-mail address of their token: the host has to be sure that it is theirs.',
    });
  }
  return findings;
}

async function tell<T>(findings: Finding[], read: () => Promise<T>, lead = ''): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof BackendError)) throw error;
    findings.push({ level: 'error', text: `${lead}${error.message}` });
    return undefined;
  }
}

async function checkDepartments(desk: Desk, own: readonly string[], findings: Finding[]): Promise<void> {
  const departments = await tell(findings, async () =>
    parseList(departmentSchema, await desk.client.read('/departments', { limit: 200, isEnabled: true })),
  );
  if (!departments) return;
  const unseen = departments.filter(({ id }) => !own.includes(id)).map(({ id, name }) => name ?? id);
  findings.push(
    unseen.length === 0
      ? { level: 'ok', text: `It belongs to every department (${departments.length}).` }
      : {
          level: 'warning',
          text: `It does not belong to these departments, whose tickets nobody will see here: ${unseen.join(', ')}.`,
        },
  );
  const { defaultDepartment } = desk.options;
  if (defaultDepartment !== undefined && !departments.some(({ id }) => id === defaultDepartment))
    findings.push({ level: 'error', text: 'The department named in "defaultDepartment" is not there.' });
}

async function checkReads(desk: Desk, findings: Finding[]): Promise<void> {
  const found = await tell(
    findings,
    async () => parseList(ticketSchema, await desk.client.read('/tickets/search', { limit: 1 })),
    'Searching tickets (scope Desk.search.READ): ',
  );
  await tell(
    findings,
    () => desk.client.read('/contacts', { limit: 1 }),
    'Reading contacts (scope Desk.contacts.READ): ',
  );
  const [ticket] = found ?? [];
  if (found) findings.push({ level: 'ok', text: 'It may search tickets and read contacts.' });
  if (!ticket || desk.options.history === false) return;
  try {
    await desk.client.read(`/tickets/${ticket.id}/history`, { limit: 1 });
    findings.push({ level: 'ok', text: 'The history of tickets can be read.' });
  } catch (error) {
    if (!(error instanceof BackendError)) throw error;
    findings.push({
      level: 'warning',
      text: 'The history of tickets cannot be read, so that time-lines show comments alone. Set "history" to false to save the attempts.',
    });
  }
}

/** Zoho's usual priorities; a company may have its own. */
const usual = ['High', 'Medium', 'Low'];

function checkLists({ settings, values }: Desk, findings: Finding[]): void {
  const odd = settings.priorities
    .map(({ id }) => values.priority.there(id))
    .filter((value) => !usual.includes(value));
  if (odd.length > 0) {
    findings.push({
      level: 'warning',
      text: `Zoho Desk has no such priorities unless you made them: ${odd.join(', ')}. "values.priorities" says what it calls them.`,
    });
  }
}
