import { caseSorts } from '../../../src/contract/cases.js';
import { BackendError } from '../../backend-error.js';
import type { Finding } from '../finding.js';
import { requireTenant } from '../identities.js';
import { createVendorClient } from '../vendor-client.js';
import { settingsOf } from '../vocabulary.js';
import { capabilitiesOf } from './capabilities.js';
import { fittingSettings } from './case-input.js';
import { isDone } from './errors.js';
import type { MappedRestOptions } from './options.js';
import { textAt } from './pointers.js';
import { placeholdersIn } from './templates.js';
import { readPage } from './pages.js';
import { createViews, type View } from './view.js';

const ok = (text: string): Finding => ({ level: 'ok', text });
const warning = (text: string): Finding => ({ level: 'warning', text });
const error = (text: string): Finding => ({ level: 'error', text });

/**
 * Tries what can be tried without changing anything, and says what the mapping leaves out. Acts as the person named in
 * `checkAs`; without one only the connection is tried.
 */
export async function checkMappedRest(options: MappedRestOptions): Promise<readonly Finding[]> {
  const findings = [...saysWhatIsMissing(options), ...valuesThatLeadNowhere(options)];
  const reached = await reach(options);
  if (reached.level === 'error') return [reached, ...findings];
  if (!options.checkAs) {
    return [
      reached,
      warning(
        'Nobody is named in "checkAs": whether the API lets an agent in, and answers as mapped, was not tried.',
      ),
      ...findings,
    ];
  }
  return [reached, ...(await tryReading(options)), ...findings];
}

/** Whether anybody answers at the address, whatever they say. */
async function reach(options: MappedRestOptions): Promise<Finding> {
  const { baseUrl, name } = options;
  const client = createVendorClient({ baseUrl, name, fetch: options.fetch, retries: 0, timeoutMs: 5_000 });
  try {
    const answer = await client({ path: '', headers: options.headers });
    await answer.body?.cancel();
    return isDone(answer.status) || answer.status < 500
      ? ok(`${name} answers at its address.`)
      : error(`${name} answers with ${answer.status}.`);
  } catch (trouble) {
    return error(wordsOf(trouble));
  }
}

async function tryReading(options: MappedRestOptions): Promise<Finding[]> {
  const { cases, name, checkAs } = options;
  const actor = {
    tenant: options.tenant ?? 'default',
    kind: 'agent',
    roles: ['customer-service'],
    departments: [],
    inboxes: [],
    customer: null,
    organisation: null,
    id: checkAs?.id ?? '',
    name: checkAs?.id ?? '',
    email: checkAs?.email ?? null,
  } as const;
  let view: View;
  try {
    requireTenant(actor, options.tenant);
    view = createViews(options)({ actor });
    const me = await view.me();
    if (me)
      return [ok(`It knows ${actor.name} as ${me.name} (${me.id}).`), ...(await tryCases(options, view))];
    if (options.actors.agents?.me)
      return [error('What it says of "me" has no id where the mapping expects one.')];
    return [
      warning('The mapping has no "me" for agents: records by them are not known to be their own.'),
      ...(await tryCases(options, view)),
    ];
  } catch (trouble) {
    const words = `It does not let ${actor.name} read: ${wordsOf(trouble)}`;
    return [error(cases.list.path === '' ? name : words)];
  }
}

async function tryCases(options: MappedRestOptions, view: View): Promise<Finding[]> {
  const { list, fields } = options.cases;
  const size = list.page.style === 'none' ? 100 : list.page.most;
  const page = await readPage(view.api, list, {}, new URLSearchParams(), null, size);
  const [first] = page.items;
  const findings = [ok(`Its list of cases can be read: ${page.items.length} on the first page.`)];
  if (list.total !== undefined && page.total === undefined) {
    findings.push(error(`There is no number at "${list.total}" for the total of the list.`));
  }
  if (page.next === null && page.total !== undefined && page.total > page.items.length) {
    findings.push(
      error(`The first page has ${page.items.length} of ${page.total} cases and names no next one.`),
    );
  }
  if (first === undefined) {
    findings.push(warning('There is no case yet, so that its fields could not be looked at.'));
    return findings;
  }
  const told = await view.records.caseOf(first);
  if (!told) return [...findings, error(`A case has no id at "${fields.id}".`)];
  const strange = new Set<string>();
  for (const record of page.items) {
    const status = (await view.records.caseOf(record))?.status ?? '';
    if (!['open', 'closed'].includes(status)) strange.add(status);
  }
  if (strange.size > 0) {
    const words = [...strange].map((status) => `"${status}"`).join(', ');
    findings.push(
      warning(
        `Some cases have a status that is mapped to neither open nor closed (${words}): they are shown, and cannot be changed.`,
      ),
    );
  }
  for (const [name, found] of [
    ['customer', told.customer?.id],
    ['createdAt', fields.createdAt && told.createdAt],
    ['updatedAt', fields.updatedAt && told.updatedAt],
  ] as const) {
    if (found === null || (found === undefined && name === 'customer')) {
      findings.push(error(`"cases.fields.${name}" finds nothing that can be read in the first case.`));
    }
  }
  return [...findings, ...(await tryOne(options, view, first, told.id))];
}

async function tryOne(
  options: MappedRestOptions,
  view: View,
  record: unknown,
  id: string,
): Promise<Finding[]> {
  const { found } = await view.readCase(id);
  const listed = await view.summaryOf(record);
  const findings = [ok(`Case ${found.number} can be read.`)];
  if (options.version !== 'etag' && listed?.version !== found.version) {
    findings.push(
      warning(
        'A list tells less of a case than the case itself, so that changing several cases at once refuses them as changed meanwhile.',
      ),
    );
  }
  if (options.version === 'etag' && found.version.startsWith('~')) {
    findings.push(error('"version" is "etag", and a case comes without the header ETag.'));
  }
  if (options.version === 'field' && textAt(record, options.cases.fields.version?.at) === undefined) {
    findings.push(error('"version" is "field", and "cases.fields.version" finds nothing.'));
  }
  return findings;
}

/** What people will not be able to do. */
function saysWhatIsMissing(options: MappedRestOptions): Finding[] {
  const can = capabilitiesOf(options);
  const { cases, notes } = options;
  const absent = [
    !can.createCases && 'add cases',
    !can.editCases && 'edit cases',
    !can.closeCases && 'close and reopen cases',
    !notes?.reply && 'reply',
    !can.internalNotes && 'write internal notes',
    !can.attachments && 'attach files',
    !can.search && 'search',
    !can.totals && 'see how many cases there are',
  ].filter((words) => words !== false);
  const findings = [
    absent.length === 0
      ? ok('Everything that can be mapped is.')
      : ok(`Not mapped, so that nobody can: ${absent.join(', ')}.`),
  ];
  if ((cases.close === undefined) !== (cases.reopen === undefined)) {
    findings.push(
      warning(
        'Of "cases.close" and "cases.reopen" only one is mapped: cases can be neither closed nor reopened.',
      ),
    );
  } else if (cases.close && !can.closeCases) {
    findings.push(
      warning(
        'Closing keeps no explanation: put {note} into the bodies of "cases.close" and "cases.reopen", or map "notes.comment".',
      ),
    );
  }
  const sorts = caseSorts.filter((sort) => cases.sorts?.[sort] === undefined);
  if (sorts.length > 0) {
    findings.push(warning(`Orders that are made here, for lists of up to 500 cases: ${sorts.join(', ')}.`));
  }
  if (!placeholdersIn({ path: cases.list.path, query: cases.list.query }).includes('customerId')) {
    findings.push(
      warning('The list of cases cannot be asked for {customerId}: accounts are found by reading all of it.'),
    );
  }
  if (!options.actors.agents) findings.push(warning('"actors.agents" is missing: agents are refused.'));
  if (!options.actors.customers)
    findings.push(warning('"actors.customers" is missing: customers are refused.'));
  if (!notes?.fields.visibility && notes) {
    findings.push(warning('"notes.fields.visibility" is missing: every note counts as internal.'));
  }
  return findings;
}

/** Choices that the API has no value for: whoever chose one would be refused. */
function valuesThatLeadNowhere(options: MappedRestOptions): Finding[] {
  const settings = fittingSettings(settingsOf(options.vocabulary), options);
  const { fields } = options.cases;
  const lists = [
    ['type', fields.type, settings.caseTypes],
    ['priority', fields.priority, settings.priorities],
    ['contactMethod', fields.contactMethod, settings.contactMethods],
    ['closure.reason', fields.closure?.reason, settings.closureReasons],
  ] as const;
  return lists.flatMap(([name, field, choices]) => {
    if (!field?.values) return [];
    const known = new Set(Object.values(field.values));
    const lost = choices.filter(({ id, retired }) => !retired && !known.has(id)).map(({ id }) => id);
    const strange = [...known].filter((id) => !choices.some((choice) => choice.id === id));
    return [
      ...(lost.length > 0
        ? [error(`"cases.fields.${name}" has no value for ${lost.join(', ')}, which people can choose.`)]
        : []),
      ...(strange.length > 0
        ? [
            warning(
              `"cases.fields.${name}" leads to ${strange.join(', ')}, which "vocabulary" does not have.`,
            ),
          ]
        : []),
    ];
  });
}

function wordsOf(trouble: unknown): string {
  if (!(trouble instanceof BackendError)) throw trouble;
  return trouble.options.detail ?? trouble.code;
}
