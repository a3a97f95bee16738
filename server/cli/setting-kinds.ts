import { BlockList, isIP } from 'node:net';

import * as z from 'zod/mini';

/** One setting of the server: where it stands, what it may be and what it means. */
export interface Setting<T = unknown> {
  /** Its environment variable. */
  readonly env: string;
  /** The option of the command line that stands for it. */
  readonly option?: string;
  /** Parses its text, and says in words what it must be. */
  readonly schema: z.ZodMiniType<T, string>;
  /** What it is when nobody sets it, as its text. */
  readonly fallback?: string;
  /** The same for people, where there is no such text. */
  readonly unless?: string;
  readonly means: string;
  /** Never shown, not even when it is wrong. */
  readonly secret?: true;
}

type Extras = Partial<Pick<Setting, 'option' | 'unless' | 'secret'>>;

/** A setting that has a value always. */
export function withFallback<T>(
  env: string,
  schema: z.ZodMiniType<T, string>,
  fallback: string,
  means: string,
  extras: Extras = {},
): Setting<T> {
  return { env, schema, fallback, means, ...extras };
}

/** A setting that may be left out. */
export function optional<T>(
  env: string,
  schema: z.ZodMiniType<T, string>,
  means: string,
  extras: Extras = {},
): Setting<T | undefined> {
  return { env, schema, means, ...extras };
}

/** Any text that matches. */
export function matching(pattern: RegExp, error: string): z.ZodMiniType<string, string> {
  return z.string().check(z.regex(pattern, { error }));
}

/** Whatever is not empty. */
export const text: z.ZodMiniType<string, string> = z.string();

/** A whole number. */
export function whole(least: number, most: number, what: string): z.ZodMiniType<number, string> {
  const error = `must be ${what}, ${least} to ${most}`;
  const isOne = (given: string) => /^\d{1,9}$/.test(given) && Number(given) >= least && Number(given) <= most;
  return z.pipe(z.string().check(z.refine(isOne, { error })), z.transform(Number));
}

/** Yes or no. */
export const yesOrNo: z.ZodMiniType<boolean, string> = z.pipe(
  matching(/^(true|false)$/, 'must be true or false'),
  z.transform((given: string) => given === 'true'),
);

/** One of a few words. */
export function oneOf<const T extends string>(...words: readonly T[]): z.ZodMiniType<T, string> {
  return z.pipe(
    z.string().check(
      z.refine((given: string) => (words as readonly string[]).includes(given), {
        error: `must be ${words.slice(0, -1).join(', ')} or ${words.at(-1)}`,
      }),
    ),
    z.transform((given: string) => given as T),
  );
}

/** Origins, separated by commas. */
export const origins: z.ZodMiniType<readonly string[], string> = z.pipe(
  z.string().check(
    z.refine((given: string) => listOf(given).every(isOrigin), {
      error: 'must be origins such as https://crm.example.com, separated by commas and without a path',
    }),
  ),
  z.transform(listOf),
);

/** Whose word about the client is believed: that many proxies in front of the server, or these addresses. */
export type TrustProxy = number | BlockList;

const proxyError =
  'must be the number of proxies in front of the server, 0 to 10, or their addresses such as 10.0.0.0/8, 192.0.2.7 or ::1';

export const trustedProxies: z.ZodMiniType<TrustProxy, string> = z.pipe(
  z.string().check(z.refine((given: string) => toTrust(given) !== undefined, { error: proxyError })),
  z.transform((given: string): TrustProxy => toTrust(given) ?? 0),
);

function toTrust(given: string): TrustProxy | undefined {
  if (/^\d+$/.test(given)) return Number(given) <= 10 ? Number(given) : undefined;
  const list = new BlockList();
  for (const part of listOf(given)) {
    const [address = '', prefix, more] = part.split('/');
    const version = isIP(address);
    if (version === 0 || more !== undefined) return undefined;
    const type = version === 4 ? 'ipv4' : 'ipv6';
    if (prefix === undefined) {
      list.addAddress(address, type);
      continue;
    }
    const most = version === 4 ? 32 : 128;
    if (!/^\d{1,3}$/.test(prefix) || Number(prefix) > most) return undefined;
    list.addSubnet(address, Number(prefix), type);
  }
  return list;
}

function isOrigin(given: string): boolean {
  return URL.canParse(given) && /^https?:$/.test(new URL(given).protocol) && new URL(given).origin === given;
}

function listOf(given: string): string[] {
  return given
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
