import { AuthenticationError, ConfigError, isCaseError } from '../errors.js';

/** Where the token comes from: the host's server signs a short-lived JWT for whoever is signed in. */
export type GetToken = () => string | Promise<string>;

/** What a token says of its bearer. Read for names of things kept here; whether it is true, the server judges. */
export type TokenClaims = Readonly<Record<string, unknown>>;

/** The one place a client takes its token from. */
export interface TokenSource {
  /** The token, fetched when there is none or it is about to expire; one request however many ask. */
  get(): Promise<string>;
  /** A token in place of `refused`: fetched anew unless somebody else already did. */
  renew(refused: string): Promise<string>;
  /** The claims of the latest token, once there was one. */
  claims(): TokenClaims | undefined;
}

// A token must not expire on its way.
const margin = 30_000;

/** @param now - The clock, in milliseconds. */
export function createTokenSource(getToken: GetToken, now: () => number = Date.now): TokenSource {
  let token: string | undefined;
  let claims: TokenClaims | undefined;
  let pending: Promise<string> | undefined;

  async function fetchToken(): Promise<string> {
    let answer: unknown;
    try {
      answer = await getToken();
    } catch (cause) {
      if (isCaseError(cause)) throw cause;
      throw new AuthenticationError('getToken failed, so nobody is signed in.', {
        code: 'unauthenticated',
        cause,
      });
    }
    if (typeof answer !== 'string' || answer === '')
      throw new ConfigError('getToken must answer the token as a string.', { code: 'invalid_configuration' });
    token = answer;
    claims = decodeClaims(answer);
    return answer;
  }

  function request(): Promise<string> {
    return (pending ??= fetchToken().finally(() => (pending = undefined)));
  }

  function isFresh(): boolean {
    const expiry = claims?.['exp'];
    return typeof expiry !== 'number' || now() < expiry * 1000 - margin;
  }

  return {
    async get() {
      return token !== undefined && isFresh() ? token : request();
    },
    async renew(refused) {
      return token !== undefined && token !== refused ? token : request();
    },
    claims: () => claims,
  };
}

function decodeClaims(token: string): TokenClaims {
  try {
    const payload = atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(payload, (character) => character.charCodeAt(0));
    return Object(JSON.parse(new TextDecoder().decode(bytes))) as TokenClaims;
  } catch {
    // Not a JWT: it is sent as it is, and kept until the server refuses it.
    return {};
  }
}
