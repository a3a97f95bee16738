import type { Capabilities } from '../../../src/contract/session.js';
import { canSearch } from './filters.js';
import type { Call, MappedRestOptions } from './options.js';
import { placeholdersIn } from './templates.js';

/** What can be done, as it follows from what is mapped. */
export function capabilitiesOf(options: MappedRestOptions): Capabilities {
  const { cases, notes, attachments } = options;
  const writes = (call: Call | undefined, slot: string) => placeholdersIn(call?.body).includes(slot);
  const either = (slot: string) => writes(cases.create, slot) || writes(cases.update, slot);
  const closeCases = cases.close !== undefined && cases.reopen !== undefined && explains(options);
  return {
    versions: versionsOf(options),
    totals: cases.list.total !== undefined,
    search: canSearch(cases.list),
    events: false,
    internalNotes: notes?.comment !== undefined,
    attachments: attachments?.upload !== undefined,
    createCases: cases.create !== undefined,
    editCases: cases.update !== undefined,
    closeCases,
    tags: cases.fields.tags !== undefined && either('tags'),
    deadlines: cases.fields.deadline !== undefined && either('deadline'),
    editSettings: false,
    export: true,
    bulk: closeCases || writes(cases.update, 'assigneeId') || writes(cases.update, 'tags'),
  };
}

/** Whether what is said on closing can be kept: with the call itself, or in a note. */
function explains({ cases, notes }: MappedRestOptions): boolean {
  const calls = [cases.close, cases.reopen];
  return notes?.comment !== undefined || calls.every((call) => takesNote(call));
}

/** Whether a call that closes or reopens keeps the explanation itself. */
export function takesNote(call: Call | undefined): boolean {
  return placeholdersIn(call?.body).includes('note');
}

function versionsOf({ version, cases: { update } }: MappedRestOptions): Capabilities['versions'] {
  if (version === 'etag') return 'atomic';
  const told = placeholdersIn({ body: update?.body, headers: update?.headers, query: update?.query });
  return version === 'field' && told.includes('version') ? 'atomic' : 'checked';
}
