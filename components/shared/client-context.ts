import { createContext } from '@lit/context';

import type { CaseClient } from '../../src/client/client.js';

/** The client that the nearest `<case-provider>` hands to the elements inside it. */
export const clientContext = createContext<CaseClient | undefined>('casement-client');
