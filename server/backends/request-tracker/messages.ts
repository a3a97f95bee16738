import { BackendError } from '../../backend-error.js';
import { jsonOf } from '../vendor-client.js';
import { refusedWith } from './changes.js';
import type { Desk, Reader } from './desk.js';
import { vendor } from './tracker.js';

/** Writes on a ticket: `public` to the people it belongs to, `internal` for agents alone. */
export async function writeMessage(
  { tracker }: Desk,
  { context }: Reader,
  ticketId: string,
  visibility: 'internal' | 'public',
  json: Readonly<Record<string, unknown>>,
): Promise<void> {
  const kind = visibility === 'public' ? 'correspond' : 'comment';
  const answer = await tracker.send({ method: 'POST', path: `/ticket/${ticketId}/${kind}`, json }, context);
  if (answer.status === 201) {
    // Read to its end: what follows upon a message happens before that.
    await answer.arrayBuffer();
    return;
  }
  if (answer.status === 403 || answer.status === 404) {
    await answer.body?.cancel();
    throw new BackendError('not_found');
  }
  throw refusedWith(await jsonOf(answer, vendor));
}
