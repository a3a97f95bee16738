import { BackendError } from '../../backend-error.js';
import { createVendorClient, jsonOf } from '../vendor-client.js';
import type { ZohoDeskOptions } from './options.js';

const name = 'The accounts server of Zoho';
// Renewed before it ends, so that no call has to fail first.
const earlyMs = 5 * 60_000;
const leastLifeMs = 1_000;
/** No second try within this time: whoever asks over and over is locked out by Zoho for ten minutes. */
const restMs = 30_000;

/** The access token of the gateway: one for all calls, since Zoho makes ten in ten minutes and no more. */
export interface AccessToken {
  /** The token; all who ask while it is renewed get the same. */
  get(): Promise<string>;
  /** Another token than this one, which was refused. */
  replace(refused: string): Promise<string>;
}

/** Keeps the access token in memory and renews it with the refresh token, which leaves this function in requests alone. */
export function createAccessToken(options: ZohoDeskOptions): AccessToken {
  const clock = options.clock ?? Date.now;
  const send = createVendorClient({ baseUrl: options.accountsUrl, name, fetch: options.fetch, retries: 0 });
  let current: { readonly token: string; readonly until: number } | undefined;
  let refusal: { readonly error: BackendError; readonly until: number } | undefined;
  let renewal: Promise<string> | undefined;
  let replaced = -Infinity;

  async function renew(): Promise<string> {
    const { clientId, clientSecret, refreshToken } = options;
    const answer = await send({
      method: 'POST',
      path: '/oauth/v2/token',
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        client_id: clientId,
        client_secret: clientSecret,
        refresh_token: refreshToken,
      }),
    });
    const { access_token: token, expires_in: seconds, error } = (await jsonOf(answer, name)) as Granted;
    if (typeof token !== 'string' || token === '') {
      current = undefined;
      refusal = { error: refused(error), until: clock() + restMs };
      throw refusal.error;
    }
    const life = (typeof seconds === 'number' ? seconds : 3600) * 1000;
    current = { token, until: clock() + Math.max(life - earlyMs, Math.min(life, leastLifeMs)) };
    return token;
  }

  function renewed(): Promise<string> {
    if (refusal && refusal.until > clock()) return Promise.reject(refusal.error);
    renewal ??= renew().finally(() => {
      renewal = undefined;
    });
    return renewal;
  }

  return {
    get: async () => (current && current.until > clock() ? current.token : renewed()),
    async replace(refusedToken) {
      if (renewal) return renewal;
      const now = clock();
      // One that was just made and is refused gets no better by making more.
      if (current && (current.token !== refusedToken || now - replaced < restMs)) return current.token;
      replaced = now;
      return renewed();
    },
  };
}

interface Granted {
  readonly access_token?: unknown;
  readonly expires_in?: unknown;
  readonly error?: unknown;
}

/** Zoho answers 200 with an `error` here. Its word is told, and nothing that was sent. */
function refused(error: unknown): BackendError {
  const word = typeof error === 'string' && /^[\w ]{1,60}$/.test(error) ? ` (${error})` : '';
  return new BackendError('unavailable', {
    detail: `Zoho refused to renew the access of this gateway${word}. Whoever runs it has to connect it again.`,
  });
}
