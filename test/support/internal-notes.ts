/** What a token says of who holds it, taken on trust: tests sign their own. */
function claimsOf(token: string): { readonly tenant?: string; readonly kind?: string } {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as object;
  } catch {
    return {};
  }
}

// A word or two may stand anywhere.
const shortest = 8;

/** What was written in a tenant, by its text: for agents alone, with what to call it; and for customers as well. */
interface Written {
  readonly internal: Map<string, string>;
  readonly open: Set<string>;
  /** Ids of due types that something was given; short words, which stand alone where they are told. */
  readonly dueTypes: Set<string>;
}

const written = new Map<string, Written>();

interface Posted {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

/**
 * CO-19, CU-05, IB-02: remembers what agents write for agents alone (internal notes, messages in inboxes, by when something is due
 * there), and searches every answer to a customer of the same tenant for it, whatever the test was about. What the same
 * tenant's public texts say as well proves nothing and is left out.
 */
export function watchInternalNotes(
  token: string,
  request: Posted,
  answer: { readonly status: number; readonly text: string },
): void {
  const { tenant = '', kind } = claimsOf(token);
  const texts = written.get(tenant) ?? { internal: new Map(), open: new Set(), dueTypes: new Set() };
  if (kind === 'customer') expectNothingInternal(texts, request, answer.text);
  if (answer.status >= 300) return;
  written.set(tenant, texts);
  const entries = enteredBy(request);
  for (const { message, dueType } of entries) {
    if (isTelling(message)) texts.internal.set(message, 'message in an inbox');
    if (typeof dueType === 'string') texts.dueTypes.add(dueType);
  }
  if (request.method === 'POST') rememberNotes(texts, kind, request);
}

function expectNothingInternal(
  { internal, open, dueTypes }: Written,
  { method, path }: Posted,
  text: string,
) {
  for (const [told, what] of internal) {
    if (open.has(told) || !text.includes(JSON.stringify(told).slice(1, -1))) continue;
    throw new Error(`${method} ${path} shows a customer the ${what} “${told}”.`);
  }
  for (const dueType of dueTypes) {
    if (text.includes(JSON.stringify(dueType)))
      throw new Error(`${method} ${path} shows a customer the due type “${dueType}”.`);
  }
}

/** What comes into inboxes by a request: put there, sent on, or by rules of the settings from then on. */
function enteredBy({ method, path, body }: Posted): readonly Record<string, unknown>[] {
  const posted = recordOf(body);
  if (method === 'POST' && /^\/v1\/inbox-entries(\/[^/]+\/forward)?$/.test(path)) return [posted];
  const { rules } = recordOf(posted['inboxes']);
  return method === 'PATCH' && path === '/v1/settings' && Array.isArray(rules) ? rules.map(recordOf) : [];
}

function rememberNotes({ internal, open }: Written, kind: string | undefined, { path, body }: Posted): void {
  const posted = recordOf(body);
  const parts = [posted, ...['close', 'note', 'closeCase'].map((part) => recordOf(posted[part]))];
  for (const { text, note, visibility, description } of parts) {
    for (const one of [text, note, description]) {
      if (!isTelling(one)) continue;
      // A message of a project is written for those who follow it.
      const isOpen = visibility === 'public' || path.endsWith('/messages');
      if (one !== description && kind === 'agent' && !isOpen) internal.set(one, 'internal note');
      else open.add(one);
    }
  }
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function isTelling(text: unknown): text is string {
  return typeof text === 'string' && text.length >= shortest;
}
