import {
  createRemoteJWKSet,
  errors,
  jwtVerify,
  type JWTPayload,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
} from 'jose';
import * as z from 'zod/mini';

import type { Actor } from '../backend.js';
import { BackendError } from '../backend-error.js';

/** An actor as the token named them, and until when. */
export interface SignedIn extends Actor {
  /** When the token runs out, milliseconds since the epoch: an event stream ends then. */
  readonly expiresAt?: number | undefined;
}

/** Says who a request is from, or throws `unauthenticated`. */
export type Authenticate = (request: Request) => Promise<SignedIn>;

/** Where the key of the tokens is: a secret shared with the host (HS256), or the address of its public keys. */
export type JwtKey = { readonly secret: string } | { readonly jwksUrl: string };

/** What else a token must say. */
export interface JwtOptions {
  readonly issuer?: string | undefined;
  readonly audience?: string | undefined;
  /** Seconds by which clocks may differ; 5 unless told. */
  readonly clockTolerance?: number | undefined;
}

const text = z.string().check(z.minLength(1), z.maxLength(200), z.regex(/^[^\u0000-\u001f\p{Surrogate}]*$/u));
const list = z._default(z.array(text).check(z.maxLength(100)), []);
const maybe = z._default(z.nullable(text), null);

const claimsSchema = z.object({
  sub: text,
  tenant: text,
  kind: z.enum(['agent', 'customer']),
  roles: list,
  departments: list,
  inboxes: list,
  customer: maybe,
  organisation: maybe,
  name: z.optional(text),
  email: maybe,
  locale: maybe,
  exp: z.number(),
});

const maxTokenLength = 16_384;
// What was found good is believed for a while: checking a signature costs more than most of what is asked.
const remembered = { tokens: 5_000, length: 2_048, milliseconds: 5 * 60_000 };

/**
 * Authenticates by the JSON Web Token in `Authorization: Bearer`, and by nothing else: no cookie, no query.
 *
 * Algorithms are pinned (HS256 with a secret; RS256, ES256, EdDSA with public keys) and `exp` is required. What a token
 * leaves out grants nothing; what it says wrongly refuses it whole. A token that was found good is not looked at again until
 * it runs out, or for five minutes at most. One whose public key has been taken back counts for so long, and for the ten
 * minutes besides for which the keys are kept.
 *
 * @throws {BackendError} `unauthenticated` for a token that is missing, broken, forged, expired or of an unknown kind;
 *   `unavailable` when the public keys cannot be read.
 */
export function jwtAuthenticator(key: JwtKey, options: JwtOptions = {}): Authenticate {
  const clockTolerance = options.clockTolerance ?? 5;
  const verify = verifier(key, {
    requiredClaims: ['exp', 'sub'],
    clockTolerance,
    ...(options.issuer !== undefined && { issuer: options.issuer }),
    ...(options.audience !== undefined && { audience: options.audience }),
  });
  const known = new Map<string, { readonly actor: SignedIn; readonly until: number }>();

  function recall(token: string): SignedIn | undefined {
    const found = known.get(token);
    if (found === undefined || found.until > Date.now()) return found?.actor;
    known.delete(token);
    return undefined;
  }

  function remember(token: string, actor: SignedIn & { readonly expiresAt: number }): void {
    if (token.length > remembered.length) return;
    const [oldest] = known.keys();
    if (known.size >= remembered.tokens && oldest !== undefined) known.delete(oldest);
    const until = Math.min(actor.expiresAt + clockTolerance * 1000, Date.now() + remembered.milliseconds);
    known.set(token, { actor, until });
  }

  return async function authenticate(request) {
    const token = bearerToken(request);
    const signedIn = recall(token);
    if (signedIn) return signedIn;
    const actor = actorOf(await verify(token));
    remember(token, actor);
    return actor;
  };
}

function actorOf(payload: JWTPayload) {
  const claims = claimsSchema.safeParse(payload);
  if (!claims.success) {
    const names = [...new Set(claims.error.issues.map((issue) => String(issue.path[0])))];
    throw refused(`The token's claims are missing or not as they should be: ${names.join(', ')}.`);
  }
  const { sub, exp, name, ...rest } = claims.data;
  return { id: sub, name: name ?? sub, ...rest, expiresAt: exp * 1000 };
}

function verifier(key: JwtKey, common: JWTVerifyOptions): (token: string) => Promise<JWTPayload> {
  if ('secret' in key) {
    const secret = new TextEncoder().encode(key.secret);
    return (token) => checked(jwtVerify(token, secret, { ...common, algorithms: ['HS256'] }));
  }
  const keys = publicKeys(key.jwksUrl);
  return (token) => checked(jwtVerify(token, keys, { ...common, algorithms: ['RS256', 'ES256', 'EdDSA'] }));
}

/** The keys at an address. That they cannot be read is our trouble, not the token's. */
function publicKeys(jwksUrl: string): JWTVerifyGetKey {
  const keys = createRemoteJWKSet(new URL(jwksUrl));
  return async function findKey(header, token) {
    try {
      return await keys(header, token);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys)
        throw error;
      if (error instanceof errors.JOSENotSupported) throw error;
      throw new BackendError('unavailable', {
        detail: 'The keys of the tokens cannot be read now.',
        cause: error,
      });
    }
  };
}

async function checked(verification: Promise<{ readonly payload: JWTPayload }>): Promise<JWTPayload> {
  try {
    return (await verification).payload;
  } catch (error) {
    if (error instanceof BackendError) throw error;
    throw refused(error instanceof errors.JWTExpired ? 'The token has expired.' : 'The token is not valid.');
  }
}

function bearerToken(request: Request): string {
  const header = request.headers.get('authorization');
  if (header === null) throw refused('A bearer token is needed.');
  const token = /^Bearer +([A-Za-z0-9._~+/=-]+)$/i.exec(header)?.[1];
  if (token === undefined || token.length > maxTokenLength) throw refused('The token is not valid.');
  return token;
}

function refused(detail: string): BackendError {
  return new BackendError('unauthenticated', { detail });
}
