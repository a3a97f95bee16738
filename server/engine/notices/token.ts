/** What a link that ends notices says: whose notices, about what. */
export interface UnsubscribeClaims {
  readonly tenant: string;
  readonly personId: string;
  readonly unit: 'case' | 'project';
  readonly unitId: string;
}

const encoder = new TextEncoder();

/** Signs a link. It does not run out: a message may be read years later. */
export async function signUnsubscribe(claims: UnsubscribeClaims, secret: string): Promise<string> {
  const { tenant, personId, unit, unitId } = claims;
  const body = encode(encoder.encode(JSON.stringify([tenant, personId, unit, unitId])));
  const signature = await crypto.subtle.sign('HMAC', await keyOf(secret), encoder.encode(body));
  return `${body}.${encode(new Uint8Array(signature))}`;
}

/** What a link says; `null` for one that nobody has signed. */
export async function readUnsubscribe(token: string, secret: string): Promise<UnsubscribeClaims | null> {
  const [body = '', signature = '', more] = token.split('.');
  const given = decode(signature);
  const bytes = decode(body);
  if (!given || !bytes || more !== undefined) return null;
  if (!(await crypto.subtle.verify('HMAC', await keyOf(secret), given, encoder.encode(body)))) return null;
  const said = JSON.parse(new TextDecoder().decode(bytes)) as string[];
  const [tenant = '', personId = '', unit, unitId = ''] = said;
  return unit === 'case' || unit === 'project' ? { tenant, personId, unit, unitId } : null;
}

/** A key for this purpose alone: the secret may sign other things besides. */
async function keyOf(secret: string): Promise<CryptoKey> {
  const bytes = encoder.encode(`casement-notices ${secret}`);
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
}

function encode(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function decode(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[\w-]{1,4000}$/.test(text)) return null;
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
      letter.charCodeAt(0),
    );
  } catch {
    return null;
  }
}
