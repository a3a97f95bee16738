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
const written = new Map<string, { readonly internal: Set<string>; readonly open: Set<string> }>();

/**
 * CO-19, CU-05: remembers what agents write for agents alone, and searches every answer to a customer of the same tenant for
 * it, whatever the test was about. What the same tenant's public texts say as well proves nothing and is left out.
 */
export function watchInternalNotes(
  token: string,
  request: { readonly method: string; readonly path: string; readonly body?: unknown },
  answer: { readonly status: number; readonly text: string },
): void {
  const { tenant = '', kind } = claimsOf(token);
  const texts = written.get(tenant) ?? { internal: new Set(), open: new Set() };
  if (kind === 'customer') {
    for (const text of texts.internal) {
      if (texts.open.has(text) || !answer.text.includes(JSON.stringify(text).slice(1, -1))) continue;
      throw new Error(`${request.method} ${request.path} shows a customer the internal note “${text}”.`);
    }
  }
  if (request.method !== 'POST' || answer.status >= 300) return;
  const posted = (request.body ?? {}) as Record<string, unknown>;
  const closing = (posted['close'] ?? {}) as Record<string, unknown>;
  written.set(tenant, texts);
  for (const { text, note, visibility, description } of [posted, closing]) {
    for (const one of [text, note, description]) {
      if (typeof one !== 'string' || one.length < shortest) continue;
      // A message of a project is written for those who follow it.
      const isOpen = visibility === 'public' || request.path.endsWith('/messages');
      const isInternal = one !== description && kind === 'agent' && !isOpen;
      (isInternal ? texts.internal : texts.open).add(one);
    }
  }
}
