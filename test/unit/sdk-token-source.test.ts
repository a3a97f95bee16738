import { describe, expect, it } from 'vitest';

import { AuthenticationError, ConfigError, NetworkError } from '../../src/errors.js';
import { createTokenSource } from '../../src/http/token-source.js';

function aToken(claims: Record<string, unknown>): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'HS256' })}.${part(claims)}.signature`;
}

/** A clock that stands until it is set, and a source that answers a token a minute long. */
function aSource() {
  const clock = { now: 1_000_000 };
  let made = 0;
  const source = createTokenSource(
    async () => aToken({ sub: `actor-${++made}`, exp: clock.now / 1000 + 60 }),
    () => clock.now,
  );
  return { clock, source, made: () => made };
}

describe('token source', () => {
  it('makes one request for many callers', async () => {
    const { source, made } = aSource();
    const tokens = await Promise.all([source.get(), source.get(), source.get()]);
    expect(new Set(tokens).size).toBe(1);
    expect(made()).toBe(1);
  });

  it('keeps a token until 30 seconds before it expires', async () => {
    const { clock, source, made } = aSource();
    await source.get();
    clock.now += 29_999;
    await source.get();
    expect(made()).toBe(1);
    clock.now += 1;
    await source.get();
    expect(made()).toBe(2);
  });

  it('renews a refused token once for everybody it was refused', async () => {
    const { source, made } = aSource();
    const refused = await source.get();
    const [one, other] = await Promise.all([source.renew(refused), source.renew(refused)]);
    expect(one).toBe(other);
    expect(await source.renew(refused)).toBe(one);
    expect(made()).toBe(2);
  });

  it('keeps a token without an expiry', async () => {
    let made = 0;
    const source = createTokenSource(() => `opaque-${++made}`);
    expect([await source.get(), await source.get()]).toEqual(['opaque-1', 'opaque-1']);
  });

  it('reads the claims of names in any script', async () => {
    const source = createTokenSource(() => aToken({ sub: 'żółw-🐢' }));
    await source.get();
    expect(source.claims()).toMatchObject({ sub: 'żółw-🐢' });
  });

  it('says that nobody is signed in when getToken fails, and why', async () => {
    const cause = new Error('session over');
    const source = createTokenSource(() => Promise.reject(cause));
    const error = await source.get().catch((error: unknown) => error);
    expect(error).toBeInstanceOf(AuthenticationError);
    expect(error).toMatchObject({ code: 'unauthenticated', cause });
  });

  it('asks again after a failure', async () => {
    let asked = 0;
    const source = createTokenSource(() => {
      if (++asked === 1) throw new Error('not yet');
      return 'token';
    });
    await expect(source.get()).rejects.toBeInstanceOf(AuthenticationError);
    await expect(source.get()).resolves.toBe('token');
  });

  it('lets an error of the SDK through, so that a broken connection is told as one', async () => {
    const error = new NetworkError('no way', { code: 'network_failed' });
    await expect(createTokenSource(() => Promise.reject(error)).get()).rejects.toBe(error);
  });

  it.each([undefined, '', 7, { token: 'x' }])('refuses %j as a token', async (answer) => {
    const source = createTokenSource(() => answer as string);
    await expect(source.get()).rejects.toBeInstanceOf(ConfigError);
  });
});
