// Long enough to be told apart, and made of nothing that a name, an address or a second line of a log would need.
const sane = /^[A-Za-z0-9][A-Za-z0-9._-]{7,63}$/;

/** The id of a request: the caller's `X-Request-Id` where that is one, a new one otherwise. */
export function requestIdOf(request: Request): string {
  const given = request.headers.get('x-request-id');
  return given !== null && sane.test(given) ? given : crypto.randomUUID();
}
