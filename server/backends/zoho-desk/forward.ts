import type { ForwardInput } from '../../../src/contract/forward.js';
import type { Note } from '../../../src/contract/notes.js';
import type { WriteContext } from '../../backend.js';
import { FieldErrors } from '../../input/validation.js';
import { caseOf } from './case-record.js';
import { requireOpen, requireRight, seeTicket, type Desk } from './desk.js';
import { writeComment } from './notes.js';
import { signed } from './signature.js';
import { nameOfAgent } from './viewers.js';

/** Tells an agent of a case: an internal comment says so, and they follow the ticket from then on. Gives nobody access. */
export function forwardCase(
  desk: Desk,
  caseId: string,
  input: ForwardInput,
  context: WriteContext,
): Promise<Note> {
  return desk.kept.once(context, async () => {
    const seen = await seeTicket(desk, caseId, context);
    requireRight(desk, seen, 'forward');
    await requireOpen(seen, () => caseOf(desk, seen));
    const fields = new FieldErrors();
    const text = fields.text('text', input.text, desk.settings.limits.noteText, true);
    const wanted = input.to?.trim().toLowerCase() ?? '';
    const agents = await desk.directory.agents();
    const to = agents.find(
      ({ id, emailId, status }) =>
        status === 'ACTIVE' && (id === wanted || (emailId ?? '').toLowerCase() === wanted),
    );
    if (wanted === '') fields.required('to');
    else if (!to) fields.add('to', 'not_found', 'There is no such agent.');
    fields.throwIfAny();
    const lead = to ? `Forwarded to ${nameOfAgent(to)}.\n` : '';
    const note = await writeComment(desk, seen, {
      text: signed(seen.viewer, `${lead}${text}`, null, desk.settings),
      isPublic: false,
      files: [],
    });
    if (to) {
      await desk.client.write('POST', `/tickets/${seen.ticket.id}/addFollowers`, {
        json: { followerIds: [to.id] },
      });
    }
    return note;
  });
}
