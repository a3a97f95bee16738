import type { Context } from 'hono';

import { badField, invalidData, refusal, unprocessable } from './refusals.js';

export type Body = Record<string, unknown>;

/** The JSON of a request, with nothing in it that the description does not name. */
export async function readJson(
  context: Context,
  allowed: readonly string[],
  lists: Readonly<Record<string, 'texts' | 'objects'>> = {},
): Promise<Body> {
  if (!context.req.header('content-type')?.includes('application/json')) {
    throw refusal(415, 'UNSUPPORTED_MEDIA_TYPE', 'The media type is not supported.');
  }
  const text = await context.req.text();
  if (text === '') throw refusal(422, 'EMPTY_PAYLOAD', 'The request has no body.');
  const body = JSON.parse(text) as Body;
  for (const name of Object.keys(body)) {
    if (!allowed.includes(name)) throw unprocessable(`Extra parameter '${name}' is present in the input.`);
  }
  for (const [name, kind] of Object.entries(lists)) {
    const value = body[name];
    if (value === undefined) continue;
    const fits =
      Array.isArray(value) &&
      value.every((each: unknown) => (kind === 'texts' ? typeof each === 'string' : isShare(each)));
    if (!fits || (kind === 'texts' && value.length > 10)) throw invalidData(badField(name));
  }
  return body;
}

function isShare(value: unknown): boolean {
  const { id, type, ...more } = (value ?? {}) as { id?: unknown; type?: unknown };
  const types = ['READ_ONLY', 'READ_WRITE', 'RESTRICTED_ACCESS'];
  return typeof id === 'string' && types.includes(String(type)) && Object.keys(more).length === 0;
}
