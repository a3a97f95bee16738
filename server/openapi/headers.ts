import type { WholeRoute } from '../../src/contract/inputs.js';
import type { OpenApiParameter } from './types.js';

/** What answers carry beside their body, by the name it has among the components. */
export const headerComponents = {
  ETag: {
    description: 'The version of the record, to be sent back in `If-Match`.',
    schema: { type: 'string', examples: ['"7"'] },
  },
  'Content-Disposition': {
    description: 'Makes the answer a download under the name of the file (RFC 6266).',
    schema: { type: 'string', examples: [`attachment; filename="bill.pdf"; filename*=UTF-8''bill.pdf`] },
  },
  'Event-Position': {
    description:
      'Where the events stood when this was read, where the server knows: a stream with this as its `Last-Event-ID` tells of everything that happened since.',
    schema: { type: 'string', examples: ['7421-318'] },
  },
  'Retry-After': {
    description: 'Seconds to wait before asking again, where the server knows.',
    schema: { type: 'string', examples: ['30'] },
  },
  RateLimit: {
    description: 'How the caller stands with the limit this counted towards, where one is set.',
    schema: { type: 'string', examples: ['"reads";r=1199;t=60'] },
  },
  'RateLimit-Policy': {
    description: 'That limit: requests (`q`) in a window of seconds (`w`).',
    schema: { type: 'string', examples: ['"reads";q=1200;w=60'] },
  },
  'WWW-Authenticate': {
    description: 'Names the scheme: `Bearer` (RFC 6750).',
    schema: { type: 'string', examples: ['Bearer error="invalid_token"'] },
  },
  'X-Request-Id': {
    description: 'Names this request in the log of the server.',
    schema: { type: 'string', examples: ['5b2f0c1e-6f0a-4f1c-9d0e-0a9f3a6f8d11'] },
  },
} as const;

/** The name of a header an answer may carry. */
export type HeaderName = keyof typeof headerComponents;

/** References to headers, as a response lists them: its own, and those that every answer has. */
export function headersOf(...own: readonly HeaderName[]): Record<string, { $ref: string }> {
  const names: HeaderName[] = [...own, 'RateLimit', 'RateLimit-Policy', 'X-Request-Id'];
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}

/** What answers of a status carry. */
export function problemHeaders(status: number): Record<string, { $ref: string }> {
  if (status === 401) return headersOf('WWW-Authenticate');
  if (status === 429 || status === 503) return headersOf('Retry-After');
  return headersOf();
}

/** The headers an operation takes. */
export function headerParameters(route: WholeRoute): OpenApiParameter[] {
  return [
    ...(route.method === 'POST' ? [idempotencyKey] : []),
    ...(route.guarded ? [ifMatch] : []),
    ...(route.content === 'events' ? [lastEventId] : []),
  ];
}

const idempotencyKey: OpenApiParameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description:
    'Chosen by the caller. The same key again answers the first result and writes nothing; kept 24 hours.',
  schema: {
    type: 'string',
    minLength: 1,
    maxLength: 200,
    pattern: '^[\\x20-\\x7e]+$',
    examples: ['0b0e6c0a-3c58-4a52-9d0b-5e4a1d9e7f10'],
  },
};

const ifMatch: OpenApiParameter = {
  name: 'If-Match',
  in: 'header',
  required: true,
  description: 'The version that was read, as `ETag` gave it.',
  schema: { type: 'string', pattern: '^(W/)?"[\\x21\\x23-\\x7e]{1,200}"$', examples: ['"7"'] },
};

const lastEventId: OpenApiParameter = {
  name: 'Last-Event-ID',
  in: 'header',
  required: false,
  description:
    'The `id` of the last event received, or the `Event-Position` of an answer: what came after it is sent first.',
  schema: { type: 'string', maxLength: 200 },
};
