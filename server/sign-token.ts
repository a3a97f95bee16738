import { SignJWT } from 'jose';

/** What a host's token says about its user: the claims of the contract. `exp` is added when it is signed. */
export interface TokenClaims {
  readonly sub: string;
  readonly tenant: string;
  readonly kind: 'agent' | 'customer';
  readonly name?: string | undefined;
  readonly email?: string | null | undefined;
  /** BCP 47: the language of what is sent to them. */
  readonly locale?: string | null | undefined;
  readonly roles?: readonly string[] | undefined;
  readonly departments?: readonly string[] | undefined;
  readonly inboxes?: readonly string[] | undefined;
  readonly customer?: string | null | undefined;
  readonly organisation?: string | null | undefined;
}

/** How a token is signed. */
export interface SignOptions {
  readonly secret: string;
  /** A span such as `15m` or `12h`; `15m` unless told. */
  readonly expiresIn?: string | undefined;
  readonly issuer?: string | undefined;
  readonly audience?: string | undefined;
}

/**
 * Signs a token for one user with the secret shared with the server: for hosts written in JavaScript, for development and
 * for tests. Keep it on the host's server: who can sign can be anybody.
 */
export function signToken(claims: TokenClaims, options: SignOptions): Promise<string> {
  const token = new SignJWT({ ...claims }).setProtectedHeader({ alg: 'HS256' });
  token.setIssuedAt().setExpirationTime(options.expiresIn ?? '15m');
  if (options.issuer !== undefined) token.setIssuer(options.issuer);
  if (options.audience !== undefined) token.setAudience(options.audience);
  return token.sign(new TextEncoder().encode(options.secret));
}
