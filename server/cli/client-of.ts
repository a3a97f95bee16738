import { isIP } from 'node:net';

import type { HttpBindings } from '@hono/node-server';

import type { ClientOf } from '../middleware/env.js';
import type { TrustProxy } from './setting-kinds.js';

/**
 * Who sent a request, by its connection and by what trusted proxies say of it.
 *
 * The word of a proxy counts as far as the proxies themselves are trusted, from the server outwards: what a client
 * writes into `X-Forwarded-For` itself stands left of the first address that is not.
 */
export function clientBehind(trust: TrustProxy): ClientOf {
  const isTrusted = (address: string, place: number) =>
    typeof trust === 'number' ? place < trust : isListed(trust, address);
  return function clientOf({ headers }, bindings) {
    const { socket } = (bindings as HttpBindings).incoming;
    const direct = plain(socket.remoteAddress ?? '');
    if (direct === '') return { secure: false };
    const chain = [direct, ...listed(headers.get('x-forwarded-for')).reverse().map(plain)];
    let place = 0;
    while (
      place < chain.length - 1 &&
      isTrusted(chain[place] ?? '', place) &&
      isIP(chain[place + 1] ?? '') > 0
    ) {
      place += 1;
    }
    const protocols = isTrusted(direct, 0) ? listed(headers.get('x-forwarded-proto')) : [];
    const secure =
      protocols.length > 0
        ? protocols.every((protocol) => protocol.toLowerCase() === 'https')
        : 'encrypted' in socket && socket.encrypted === true;
    return { address: chain[place], secure };
  };
}

function isListed(trust: Exclude<TrustProxy, number>, address: string): boolean {
  const version = isIP(address);
  return version > 0 && trust.check(address, version === 4 ? 'ipv4' : 'ipv6');
}

function listed(header: string | null): string[] {
  return (header ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** An address without its port, and an IPv4 address that came over IPv6 as what it is. */
function plain(given: string): string {
  const bare = /^\[(.+)\](?::\d+)?$/.exec(given)?.[1] ?? /^([\d.]+):\d+$/.exec(given)?.[1] ?? given;
  return /^::ffff:([\d.]+)$/i.exec(bare)?.[1] ?? bare;
}
