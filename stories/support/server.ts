import { createApp } from '../../server/app.js';
import { createEngine, type Engine } from '../../server/engine/engine.js';
import { openPGlite } from '../../server/engine/sql/pglite.js';
import { jwtAuthenticator } from '../../server/middleware/authenticate.js';
import type { CaseApp } from '../../server/middleware/env.js';
import { signToken, type TokenClaims } from '../../server/sign-token.js';
import { createMemoryStore } from './memory-store.js';

/** The server of this page: the app, the engine and their database. */
export interface PageServer {
  readonly app: CaseApp;
  readonly engine: Engine;
  /** Signs a token as a host's server would. */
  tokenFor(claims: TokenClaims, expiresIn?: string): Promise<string>;
}

const secret = 'only this page knows it, and forgets it when it closes';

let server: Promise<PageServer> | undefined;

/** Starts the server with the first story that needs it; all stories of a page share it, each with a tenant of its own. */
export function pageServer(): Promise<PageServer> {
  return (server ??= start());
}

async function start(): Promise<PageServer> {
  const engine = await createEngine({ database: openPGlite(), attachments: createMemoryStore() });
  return {
    engine,
    app: createApp({ backend: engine, authenticate: jwtAuthenticator({ secret }) }),
    tokenFor: (claims, expiresIn = '12h') => signToken(claims, { secret, expiresIn }),
  };
}
