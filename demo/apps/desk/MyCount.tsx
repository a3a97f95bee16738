import { useMemo } from 'react';
import { createPortal } from 'react-dom';

import type { CaseClient } from 'casement';
import { useLiveQuery } from './use-live-query.js';
import type { Words } from './words.js';

/** How many entries are mine, in the header of the page; follows what I take and complete, wherever I do. */
export function MyCount({ client, words }: { readonly client: CaseClient; readonly words: Words }) {
  const { data } = useLiveQuery(useMemo(() => client.queries.inboxes(), [client]));
  const count = (data?.items ?? []).reduce((sum, { mine = 0 }) => sum + mine, 0);
  const place = document.getElementById('desk-count');
  if (!place || count === 0) return null;
  const label = count === 1 ? words.one : words.more.replace('{n}', String(count));
  return createPortal(
    <span className="count" role="img" aria-label={label} title={label}>
      {count}
    </span>,
    place,
  );
}
