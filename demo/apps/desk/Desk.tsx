import { useEffect } from 'react';

import { CaseDetail, CaseProvider } from 'casement/react';

import type { Look, Visitor } from '../../pages/strip.js';
import { MyCount } from './MyCount.js';
import { useClient } from './use-client.js';
import { useOpenCase } from './use-address.js';

export interface DeskProps {
  readonly look: Look;
  readonly visitor: Visitor;
  readonly tokenUrl: string;
}

/** An agent's desk: what waits in the inboxes, beside the case that is open. */
export function Desk({ look, visitor, tokenUrl }: DeskProps) {
  const client = useClient(tokenUrl);
  const [caseId, open] = useOpenCase();
  useEffect(() => {
    document.body.toggleAttribute('data-reading', caseId !== undefined);
  }, [caseId]);
  if (!client) return null;
  return (
    <>
      <MyCount client={client} />
      <h1>
        Desk <small>{visitor.name}</small>
      </h1>
      <CaseProvider client={client} theme={look.theme} locale={look.locale}>
        <div className="split" data-open={caseId && ''}>
          <CaseDetail caseId={caseId} onCaseBack={() => open(undefined)} />
        </div>
      </CaseProvider>
    </>
  );
}
