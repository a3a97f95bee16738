import * as z from 'zod/mini';

import { PlainError } from '../../embedded/plain-error.js';
import type { Config } from '../config.js';
import { reasonOf } from '../database.js';
import { tokenSecret } from '../secret.js';
import { look, ok, wrong, type Finding } from './finding.js';

const what = 'Tokens';
const patience = 5_000;
const widestClock = 30_000;

const keySetSchema = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

/** Whether tokens can be checked, and not by anybody. */
export async function checkTokens(config: Config): Promise<Finding[]> {
  const findings = config.jwksUrl === undefined ? [secret(config)] : await keySet(config.jwksUrl);
  if (config.issuer === undefined && config.jwksUrl !== undefined) {
    findings.push(look(what, 'Any issuer is accepted whose keys these are: set CASEMENT_ISSUER.'));
  }
  return findings;
}

function secret(config: Config): Finding {
  try {
    const found = tokenSecret(config);
    const where = config.jwtSecret === undefined ? "the data folder's own secret" : 'CASEMENT_JWT_SECRET';
    return isGuessable(found)
      ? look(what, `${where} repeats itself and can be guessed: make one with "openssl rand -base64 32".`)
      : ok(what, `HS256 with ${where}`);
  } catch (error) {
    if (error instanceof PlainError) return wrong(what, error.message);
    throw error;
  }
}

/** Whether a secret of the required length is still no secret: few letters, or a pattern again and again. */
export function isGuessable(secret: string): boolean {
  const repeats = /^(.{1,16}?)\1+.{0,15}$/.test(secret);
  return repeats || new Set(secret).size < 12 || /^(.)\1{5}|password|secret|changeme|example/i.test(secret);
}

async function keySet(jwksUrl: string): Promise<Finding[]> {
  const url = new URL(jwksUrl);
  const findings: Finding[] = [];
  if (url.protocol === 'http:' && !['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)) {
    findings.push(
      look(what, 'CASEMENT_JWKS_URL is read in the clear: whoever is between can put other keys in.'),
    );
  }
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(patience) });
    if (!response.ok) return [...findings, wrong(what, `CASEMENT_JWKS_URL answers ${response.status}.`)];
    const parsed = keySetSchema.safeParse(await response.json().catch(() => undefined));
    if (!parsed.success) return [...findings, wrong(what, 'CASEMENT_JWKS_URL answers no JSON Web Key Set.')];
    const usable = parsed.data.keys.filter(isUsable);
    findings.push(
      usable.length === 0
        ? wrong(
            what,
            `None of the ${parsed.data.keys.length} keys at CASEMENT_JWKS_URL is for RS256, ES256 or EdDSA.`,
          )
        : ok(what, `${usable.length} keys at CASEMENT_JWKS_URL`),
    );
    const apart = Date.now() - Date.parse(response.headers.get('date') ?? '');
    if (Math.abs(apart) > widestClock) {
      findings.push(
        look('Clock', `${Math.round(Math.abs(apart) / 1000)} seconds apart from the token keys' server.`),
      );
    }
    return findings;
  } catch (error) {
    return [...findings, wrong(what, `CASEMENT_JWKS_URL cannot be read: ${reasonOf(error)}`)];
  }
}

function isUsable(key: Record<string, unknown>): boolean {
  if ('d' in key || key['use'] === 'enc') return false;
  // 2048 bits in base64url.
  if (key['kty'] === 'RSA') return typeof key['n'] === 'string' && key['n'].length >= 340;
  return (
    (key['kty'] === 'EC' && key['crv'] === 'P-256') || (key['kty'] === 'OKP' && key['crv'] === 'Ed25519')
  );
}
