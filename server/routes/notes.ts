import type { CaseBackend } from '../backend.js';
import type { Handlers } from './call.js';

/** What was said and done on a case. */
export function noteHandlers(
  backend: CaseBackend,
): Pick<Handlers, 'listNotes' | 'createNote' | 'listTimeline'> {
  return {
    listNotes: ({ id, query, context }) => backend.listNotes(id, query, context),
    createNote: ({ id, body, context }) => backend.createNote(id, body, context),
    listTimeline: ({ id, query, context }) => backend.listTimeline(id, query, context),
  };
}
