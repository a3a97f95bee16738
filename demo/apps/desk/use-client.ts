import { useEffect, useState } from 'react';

import { createCaseClient, type CaseClient } from 'casement';

/** The desk's own client: its elements and its badge share one connection and one cache. */
export function useClient(tokenUrl: string): CaseClient | undefined {
  const [client, setClient] = useState<CaseClient>();
  useEffect(() => {
    const made = createCaseClient({ baseUrl: '/', getToken: () => fetchToken(tokenUrl) });
    setClient(made);
    return () => void made.logout();
  }, [tokenUrl]);
  return client;
}

async function fetchToken(tokenUrl: string): Promise<string> {
  const response = await fetch(tokenUrl);
  if (!response.ok) throw new Error(`The token page answered ${response.status}.`);
  const { token } = (await response.json()) as { token: string };
  return token;
}
