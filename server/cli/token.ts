import { PlainError } from '../embedded/plain-error.js';
import { signToken, type TokenClaims } from '../sign-token.js';
import type { Config } from './config.js';
import { openEngine } from './database.js';
import { tokenSecret } from './secret.js';

/** Whose token to print. */
export interface TokenRequest {
  readonly tenant: string;
  readonly roles: readonly string[];
  /** Id or name of a person in the database; with a foreign backend the id the token is to say. */
  readonly as?: string | undefined;
  /** For a foreign backend, which knows people by it. */
  readonly email?: string | undefined;
  /** Makes it the token of a customer, of this account. */
  readonly customer?: string | undefined;
  readonly expiresIn: string;
}

/** A token for development, signed with the data folder's secret. Without `as`, or with a foreign backend, no database is needed. */
export async function developmentToken(config: Config, request: TokenRequest): Promise<string> {
  const { issuer, audience } = config;
  const options = { secret: tokenSecret(config), expiresIn: request.expiresIn, issuer, audience };
  return signToken(await claimsOf(config, request), options);
}

async function claimsOf(config: Config, request: TokenRequest): Promise<TokenClaims> {
  const { tenant, roles, as, email, customer } = request;
  if (config.foreign) return stranger(request);
  if (email !== undefined || customer !== undefined) {
    throw new PlainError(
      '--email and --customer are for a foreign backend: our own engine knows its people.',
    );
  }
  return as === undefined ? developer({ tenant, roles }) : person(config, request, as);
}

/** Whoever is named: only the foreign backend knows whether there is such a person. */
function stranger({ tenant, roles, as, email, customer }: TokenRequest): TokenClaims {
  const id = as ?? email ?? 'developer';
  const person = { sub: id, tenant, name: as ?? email ?? 'Developer', email: email ?? null };
  return customer === undefined
    ? { ...person, kind: 'agent', roles: roles.length > 0 ? roles : ['customer-service'] }
    : { ...person, kind: 'customer', roles: [], customer };
}

function developer({ tenant, roles }: Pick<TokenRequest, 'tenant' | 'roles'>): TokenClaims {
  return { sub: 'developer', tenant, kind: 'agent', name: 'Developer', roles };
}

async function person(config: Config, { tenant, roles }: TokenRequest, wanted: string): Promise<TokenClaims> {
  const opened = await openEngine(config);
  try {
    const people = await opened.database.db
      .selectFrom('people')
      .select(['id', 'name', 'kind', 'email', 'departments', 'customer_id', 'organisation_id'])
      .where('tenant', '=', tenant)
      .where('former', '=', false)
      .where((where) => where.or([where('id', '=', wanted), where('name', '=', wanted)]))
      .limit(2)
      .execute();
    const [found, another] = people;
    if (!found) throw new PlainError(`Nobody in the tenant "${tenant}" has the id or name "${wanted}".`);
    if (another)
      throw new PlainError(`Several people are called "${wanted}": give an id, such as ${found.id}.`);
    return {
      sub: found.id,
      tenant,
      kind: found.kind,
      name: found.name,
      email: found.email,
      roles: roles.length > 0 || found.kind === 'customer' ? roles : ['customer-service'],
      departments: found.departments,
      customer: found.customer_id,
      organisation: found.organisation_id,
    };
  } finally {
    await opened.close();
  }
}
