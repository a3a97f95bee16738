import { addDays, localToday } from '../../components/shared/format.js';
import { people } from '../../demo/sample-data/people.js';
import type { ImportedCase, SeedCase, SeedEntry } from '../../server/engine/import-types.js';

let made = 0;

/** A case of Eleanor Finch that Nadia Brandt took by telephone; says only what matters to the story. */
export function aCase(over: Partial<SeedCase> = {}): SeedCase {
  return {
    externalReference: `story-${++made}`,
    customerId: 'c-1018',
    requesterId: 'eleanor-finch',
    departmentId: 'billing',
    assigneeId: 'nadia-brandt',
    subject: 'Invoice came twice by post',
    description: 'Two envelopes on the same day, with the same invoice in each.',
    type: 'billing',
    priority: 'normal',
    contactMethod: 'phone',
    createdBy: 'nadia-brandt',
    createdAt: daysAgo(3),
    ...over,
  };
}

/** RFC 3339, so many days ago at nine in the morning UTC. */
export function daysAgo(days: number): string {
  const at = new Date(Date.now() - days * 86_400_000);
  at.setUTCHours(9, 12, 0, 0);
  return at.toISOString();
}

/** A calendar day, so many days from today where the reader is. */
export function inDays(days: number): string {
  return addDays(localToday(), days);
}

/** What closes a case. */
export const closure: SeedEntry = {
  kind: 'closure',
  by: 'nadia-brandt',
  at: daysAgo(1),
  reason: 'resolved',
  visibility: 'public',
  text: 'Second envelope was a misprint of the printing house. Nothing is owed.',
};

/** Notes of two days, from the first to the last. */
export function manyNotes(count: number): SeedEntry[] {
  return Array.from({ length: count }, (_, index) => ({
    kind: 'note',
    by: index % 3 === 0 ? 'jonas-lind' : 'nadia-brandt',
    at: new Date(Date.now() - (count - index) * 40 * 60_000).toISOString(),
    subject: 'follow-up',
    text: `Measurement ${index + 1}: ${40 + ((index * 7) % 23)} ms, ${index % 5 === 0 ? 'one packet lost' : 'no loss'}.`,
  }));
}

/** Words as people write them when they are not asked to be brief. */
export const long = {
  subject:
    'Rückerstattungsbestätigungsschreiben fehlt weiterhin und https://example.org/portal/invoices/2024/11/00048817/attachments/original-with-signature.pdf lässt sich nicht öffnen',
  description:
    'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft asks for https://example.org/a/very/long/address/that/nobody/would/type/by/hand/but/everybody/pastes?with=parameters&and=more&and=more&and=more\n\n  1. indented as it was typed\n  2. ünïcödé and 日本語 and العربية in one line',
  tags: [
    'refund',
    'bank',
    'february',
    'printing-house',
    'second-contact',
    'VIP',
    'Rückerstattungsbestätigung',
    'فاتورة',
    'do not call before ten',
    'group invoice',
    'Wickham',
    'paper',
  ],
  customer: 'Harbour Bakery, Quay Street',
} as const;

/** Cases of an older system, more than one page holds. */
export function importedCases(count: number): ImportedCase[] {
  const subjects = ['No picture', 'Slow in the evening', 'Question about the invoice', 'Moving house'];
  return Array.from({ length: count }, (_, index) => ({
    externalReference: `old-${index}`,
    customer: 'Eleanor Finch',
    subject: `${subjects[index % subjects.length]} (${index + 1})`,
    description: 'Taken over from the old system.',
    type: index % 2 === 0 ? 'Technical' : 'Billing',
    priority: 'Normal',
    contactMethod: 'Phone',
    createdAt: daysAgo(10 + index),
    status: 'open',
  }));
}

/** A person's name by id. */
export function nameOf(id: string): string {
  return people.find((person) => person.id === id)?.name ?? id;
}

/** Files of a size and kind, as somebody would add them. */
export function aFile(name: string, bytes = 2_048, type = ''): File {
  return new File([new Uint8Array(bytes)], name, { type });
}

/** Adds files as the file dialog would. */
export function addFiles(root: ParentNode, ...files: readonly File[]): void {
  const input = root.querySelector<HTMLInputElement>('input[type=file]');
  if (!input) throw new Error('There is nothing to add files to.');
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);
  input.files = transfer.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

/** What a case has that Marisol of Harbour Bakery submitted. */
export const bakery = {
  customerId: 'c-2041',
  requesterId: 'marisol-vega',
  createdBy: 'marisol-vega',
  contactMethod: 'portal',
} as const;
