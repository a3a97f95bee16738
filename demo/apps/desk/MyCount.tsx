import { useMemo } from 'react';
import { createPortal } from 'react-dom';

import type { CaseClient } from 'casement';
import { useLiveQuery } from './use-live-query.js';

/** How many entries are mine, in the header of the page; follows what I take and complete, wherever I do. */
export function MyCount({ client }: { readonly client: CaseClient }) {
  const { data } = useLiveQuery(useMemo(() => client.queries.inboxes(), [client]));
  const count = (data?.items ?? []).reduce((sum, { mine = 0 }) => sum + mine, 0);
  const place = document.getElementById('desk-count');
  if (!place || count === 0) return null;
  const words = count === 1 ? '1 entry is mine' : `${count} entries are mine`;
  return createPortal(
    <span className="count" role="img" aria-label={words} title={words}>
      {count}
    </span>,
    place,
  );
}
