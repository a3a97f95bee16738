import { useEffect, useMemo, useRef } from 'react';
import { flushSync } from 'react-dom';

import type { CaseClient } from 'casement';
import type { CaseDetail as CaseDetailElement } from 'casement/elements';
import { CaseDetail, CaseProvider, InboxTable } from 'casement/react';
import type { Look, Visitor } from '../../pages/strip.js';
import { larkwellHost } from './larkwell-host.js';
import { MyCount } from './MyCount.js';
import { useClient } from './use-client.js';
import { useLiveQuery } from './use-live-query.js';
import { wordsIn } from './words.js';
import { useOpenCase } from './use-address.js';

export interface DeskProps {
  readonly look: Look;
  readonly visitor: Visitor;
  readonly tokenUrl: string;
}

/** An agent's desk: what waits in the inboxes, beside the case that is open. */
export function Desk({ look, visitor, tokenUrl }: DeskProps) {
  const client = useClient(tokenUrl);
  return client && <OpenDesk look={look} visitor={visitor} client={client} />;
}

interface OpenDeskProps extends Omit<DeskProps, 'tokenUrl'> {
  readonly client: CaseClient;
}

function OpenDesk({ look, visitor, client }: OpenDeskProps) {
  const { data: session } = useLiveQuery(useMemo(() => client.queries.session(), [client]));
  const [caseId, open] = useOpenCase();
  const words = wordsIn(look.locale);
  const host = useMemo(() => larkwellHost(visitor, words), [visitor, words]);
  const detail = useRef<CaseDetailElement>(null);
  useEffect(() => {
    document.body.toggleAttribute('data-reading', caseId !== undefined);
  }, [caseId]);
  return (
    <>
      {session?.capabilities.inboxes && <MyCount client={client} words={words} />}
      <h1>
        {words.desk} <small>{visitor.name}</small>
      </h1>
      <CaseProvider client={client} theme={look.theme} locale={look.locale} host={host}>
        {session && !session.capabilities.inboxes ? (
          <p className="card unopened">{words.noInboxes}</p>
        ) : (
          <div className="split" data-open={caseId && ''}>
            <InboxTable
              customerHref="/account?customer={id}"
              onCaseSelect={({ detail: { caseId } }) => {
                // It must stand there before it is given the focus.
                flushSync(() => open(caseId));
                detail.current?.focus();
              }}
            />
            {caseId === undefined ? (
              <p className="card unopened">{words.unopened}</p>
            ) : (
              <CaseDetail ref={detail} caseId={caseId} onCaseBack={() => open(undefined)} />
            )}
          </div>
        )}
      </CaseProvider>
    </>
  );
}
