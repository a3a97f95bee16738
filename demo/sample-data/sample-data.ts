import type { SeedCase, SeedData, SeedEntry } from '../../server/engine/import-types.js';
import { bakeryCases } from './cases-bakery.js';
import { eastbridgeCases } from './cases-eastbridge.js';
import { wickhamCases } from './cases-wickham.js';
import { studioAndClinicCases } from './cases-studios-clinics.js';
import { customers } from './customers.js';
import { departments, organisations, people } from './people.js';
import { day, moment } from './dates.js';
import type { SampleCase, SampleEntry } from './types.js';

/** What belongs together at Wickham. */
const projects = [{ id: 'project_wickham', name: 'Fibre for Wickham' }];
const inProject: ReadonlySet<SampleCase> = new Set(wickhamCases.slice(0, 5));

/** Every case, in the order it is written down. */
const cases = [...wickhamCases, ...eastbridgeCases, ...bakeryCases, ...studioAndClinicCases];

/**
 * The customers, people and cases of Larkwell Fibre, an invented company, as if written up to `now`.
 *
 * Deadlines and times count from `now`, so that some are overdue and others due tomorrow whenever it is loaded.
 */
export function sampleData(now: Date): SeedData {
  const ordered = cases.map((entry, index) => ({ entry, index, at: moment(entry.raised, now) }));
  // The oldest first, so that case numbers rise with time.
  ordered.sort((a, b) => a.at.localeCompare(b.at));
  return {
    organisations,
    departments,
    customers: customers.map(({ id, name, number, organisation, mainContact }) => ({
      id,
      name,
      number,
      mainContactId: mainContact,
      ...(organisation !== null && { organisationId: organisation }),
    })),
    people: people.map(({ id, name, kind, email, customer, departments: of, former }) => ({
      id,
      name,
      kind,
      email,
      ...(customer !== undefined && { customerId: customer, ...organisationOf(customer) }),
      ...(of && { departments: of }),
      ...(former && { former }),
    })),
    projects,
    cases: ordered.map(({ entry, index }) => ({
      ...seedCase(entry, `larkwell-${index + 1}`, now),
      ...(inProject.has(entry) && { projectId: 'project_wickham' }),
    })),
  };
}

function organisationOf(customerId: string): { organisationId?: string } {
  const organisation = customers.find(({ id }) => id === customerId)?.organisation;
  return organisation ? { organisationId: organisation } : {};
}

function seedCase(sample: SampleCase, externalReference: string, now: Date): SeedCase {
  const {
    customer,
    contact,
    by,
    raised,
    department,
    assignee,
    requester,
    deadline,
    priority,
    tags,
    entries,
  } = sample;
  return {
    externalReference,
    customerId: customer,
    requesterId: requester ?? requesterOf(customer, by),
    subject: sample.subject,
    description: sample.description,
    type: sample.type,
    contactMethod: contact,
    createdBy: by,
    createdAt: moment(raised, now),
    ...(priority !== null && { priority }),
    ...(department !== undefined && { departmentId: department }),
    ...(assignee !== undefined && { assigneeId: assignee }),
    ...(deadline !== undefined && { deadline: day(deadline, now) }),
    ...(tags && { tags }),
    ...(entries && { entries: entries.map((entry) => seedEntry(entry, now)) }),
  };
}

/** A customer who writes asks for themself; an agent writes for the account's main contact. */
function requesterOf(customerId: string, writer: string): string {
  if (people.some(({ id, kind }) => id === writer && kind === 'customer')) return writer;
  return customers.find(({ id }) => id === customerId)?.mainContact ?? writer;
}

function seedEntry(entry: SampleEntry, now: Date): SeedEntry {
  const { kind, by, visibility, text } = entry;
  const common = { kind, by, visibility, text, at: moment(entry.ago, now) };
  if (entry.kind === 'note') return { ...common, ...(entry.subject !== null && { subject: entry.subject }) };
  return { ...common, reason: entry.reason };
}
