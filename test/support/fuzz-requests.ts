import { gzipSync } from 'node:zlib';

import fc, { type Arbitrary } from 'fast-check';

import type { OpenApiDocument, OpenApiOperation, OpenApiParameter } from '../../server/openapi/types.js';
import { bodiesOf, oneThingOff, texts, valuesOf, wrongValues, type KnownValues } from './fuzz-values.js';

/** Who asks; `nobody` sends no token, `stranger` a broken one. */
export const askers = [
  'administrator',
  'agent',
  'otherAgent',
  'technician',
  'finance',
  'customer',
  'outsider',
  'nobody',
  'stranger',
] as const;
export type Asker = (typeof askers)[number];

/** One request made up for an operation. `current` in `version` stands for the version the record has by then. */
export interface MadeUpRequest {
  readonly operationId: string;
  readonly method: string;
  /** With `{id}` still in it. */
  readonly path: string;
  readonly id: string;
  readonly query: string;
  readonly as: Asker;
  readonly version: string | undefined;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array | undefined;
}

type Header = readonly [string, string];

/** Requests for every operation of a document: right ones, nearly right ones and garbage. */
export function requestsFor(document: OpenApiDocument, known: KnownValues): Arbitrary<MadeUpRequest> {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );
  return fc.oneof(
    ...operations.map(({ method, path, operation }) => ({
      // What takes more can go wrong in more ways.
      weight: 1 + (operation.requestBody ? 3 : 0) + (operation.parameters.length > 4 ? 2 : 0),
      arbitrary: requestsOf(document, known, method.toUpperCase(), path, operation),
    })),
  );
}

function requestsOf(
  document: OpenApiDocument,
  known: KnownValues,
  method: string,
  path: string,
  operation: OpenApiOperation,
): Arbitrary<MadeUpRequest> {
  const { operationId, parameters, requestBody } = operation;
  const queryParameters = parameters.filter((parameter) => parameter.in === 'query');
  const takes = (name: string) => parameters.some((parameter) => parameter.name === name);
  const ids = known[`${path.split('/')[2] ?? ''}Ids`] ?? [];
  return fc.record({
    operationId: fc.constant(operationId),
    method: fc.constant(method),
    path: fc.constant(path),
    id: path.includes('{id}') ? pathIds(ids) : fc.constant(''),
    query: queries(document, known, queryParameters),
    as: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom<Asker>('administrator', 'agent') },
      { weight: 4, arbitrary: fc.constantFrom(...askers) },
    ),
    version: takes('If-Match') ? versions : fc.constant(undefined),
    headers: fc
      .tuple(
        takes('Idempotency-Key') ? keys : fc.constant([]),
        takes('Last-Event-ID') ? positions : oddHeaders,
      )
      .map(([key, more]) => [...key, ...more]),
    body: requestBody ? bodies(document, known, requestBody) : fc.constant(undefined),
  });
}

const garbageTargets = fc.oneof(
  fc.constantFrom(
    '%',
    '%2',
    '%zz',
    '%ff%fe',
    '%c0%af',
    '%00',
    '%0d%0a',
    '%2e%2e',
    '%2e%2e%2f%2e%2e',
    '..',
    '%E2%82',
  ),
  fc.constantFrom('~', "'", '"', '<script>', '%3Cscript%3E', '{id}', ':id', '*', '%25', '+', ';', '%5c..%5c'),
  texts.map((text) => encoded(text).replaceAll('.', '%2e') || '-'),
  fc.constantFrom(201, 3_000, 9_000).map((length) => 'a'.repeat(length)),
);

function pathIds(ids: readonly string[]): Arbitrary<string> {
  if (ids.length === 0) return garbageTargets;
  return fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...ids) },
    { weight: 1, arbitrary: garbageTargets },
  );
}

function queries(
  document: OpenApiDocument,
  known: KnownValues,
  parameters: readonly OpenApiParameter[],
): Arbitrary<string> {
  const valid = fc
    .record(
      Object.fromEntries(
        parameters.map(({ name, schema }) => [
          name,
          valuesOf(schema, document.components.schemas, known, name),
        ]),
      ),
      { requiredKeys: parameters.filter(({ required }) => required).map(({ name }) => name) },
    )
    .chain((all) => fc.subarray(Object.entries(all)).map((some) => [all, some] as const))
    .map(([all, some]) => {
      const needed = Object.entries(all).filter(
        ([name]) => parameters.find((one) => one.name === name)?.required,
      );
      return written([...new Map([...needed, ...some.slice(0, 4)])]);
    });
  const names = [...parameters.map(({ name }) => name), 'extra', '__proto__', 'constructor', 'access_token'];
  const nearly = fc
    .tuple(
      valid,
      fc.constantFrom(...names),
      fc.oneof(texts, fc.constantFrom('%', '%ff', '%00', '%ED%A0%80', '+')),
    )
    .map(([query, name, value]) =>
      [query, `${name}=${value.startsWith('%') ? value : encoded(value)}`].filter(Boolean).join('&'),
    );
  const garbage = fc.oneof(
    fc.string({ unit: fc.constantFrom('&', '=', '%', '+', 'a', '2', ';', '[', ']', '?', '/', '%00', 'é') }),
    fc.constantFrom(
      '&'.repeat(500),
      `q=${'x'.repeat(7_000)}`,
      `q=${'x'.repeat(20_000)}`,
      `${'tag=a&'.repeat(60)}`,
    ),
  );
  return fc.oneof(
    { weight: parameters.length > 0 ? 6 : 8, arbitrary: valid },
    { weight: 3, arbitrary: nearly },
    { weight: 1, arbitrary: garbage },
  );
}

function written(parameters: readonly (readonly [string, unknown])[]): string {
  return parameters
    .flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value]).map((one) => [name, String(one)] as const),
    )
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .join('&');
}

/** Percent-encoded; halves of surrogate pairs cannot be. */
function encoded(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD'));
}

/** What stands in a header: no line breaks, which would make two of it. */
const headerTexts = texts.map((text) =>
  Buffer.from(text, 'utf8')
    .toString('latin1')
    .replace(/[\r\n\u0000]/g, ' '),
);

const versions: Arbitrary<string | undefined> = fc.oneof(
  { weight: 6, arbitrary: fc.constant('current') },
  fc.constantFrom(
    undefined,
    '"1"',
    'W/"1"',
    '1',
    '*',
    '""',
    '"1", "2"',
    `"${'9'.repeat(300)}"`,
    '"-1"',
    '"NaN"',
  ),
  headerTexts,
);

const keys: Arbitrary<readonly Header[]> = fc.oneof(
  { weight: 6, arbitrary: fc.uuid().map((key): Header[] => [['Idempotency-Key', key]]) },
  fc.constantFrom<Header[]>(
    [],
    [['Idempotency-Key', 'one-and-the-same']],
    [['Idempotency-Key', '']],
    [['Idempotency-Key', 'k'.repeat(201)]],
    [
      ['Idempotency-Key', 'first'],
      ['Idempotency-Key', 'second'],
    ],
  ),
  headerTexts.map((key): Header[] => [['Idempotency-Key', key]]),
);

const positions: Arbitrary<readonly Header[]> = fc.oneof(
  fc.constantFrom<Header[]>([], [['Last-Event-ID', '0-0']], [['Last-Event-ID', '99999999999999999999-1']]),
  fc.constantFrom<Header[]>([['Last-Event-ID', '-1--1']], [['Last-Event-ID', 'x'.repeat(5_000)]]),
  headerTexts.map((value): Header[] => [['Last-Event-ID', value]]),
);

const oddHeaders: Arbitrary<readonly Header[]> = fc.oneof(
  { weight: 12, arbitrary: fc.constant<readonly Header[]>([]) },
  headerTexts.map((value): Header[] => [['X-Request-Id', value]]),
  headerTexts.map((value): Header[] => [['Accept', value]]),
  headerTexts.map((value): Header[] => [['Cookie', value]]),
  headerTexts.map((value): Header[] => [['Origin', value]]),
  headerTexts.map((value): Header[] => [['X-Forwarded-For', value]]),
  fc.constantFrom<Header[]>(
    [['Accept', 'text/html']],
    [['Range', 'bytes=0-1']],
    [['If-None-Match', '*']],
    [['Accept-Encoding', 'br']],
    [['X-HTTP-Method-Override', 'DELETE']],
    [['Expect', '100-continue']],
  ),
);

function bodies(
  document: OpenApiDocument,
  known: KnownValues,
  { content }: NonNullable<OpenApiOperation['requestBody']>,
): Arbitrary<Uint8Array> {
  const schema = content['application/json']?.schema;
  if (schema === undefined)
    return fc.oneof(fc.uint8Array({ maxLength: 2_000 }), fc.constant(new Uint8Array(0)));
  const valid = bodiesOf(schema, document.components.schemas, known);
  const text = fc.oneof(
    { weight: 6, arbitrary: valid.map((value) => JSON.stringify(value)) },
    { weight: 6, arbitrary: oneThingOff(valid).map((value) => JSON.stringify(value) ?? '') },
    { weight: 2, arbitrary: valid.chain((value) => brokenText(JSON.stringify(value))) },
    { weight: 1, arbitrary: wrongValues.map((value) => JSON.stringify(value) ?? '') },
  );
  return fc.oneof(
    { weight: 8, arbitrary: text.map((written) => new TextEncoder().encode(written)) },
    { weight: 1, arbitrary: text.chain(otherEncoding) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }) },
  );
}

/** JSON that is broken, doubled, deep or not for every reader the same. */
function brokenText(text: string): Arbitrary<string> {
  const inside = text.startsWith('{') && text.length > 2 ? text.slice(1) : '"x":1}';
  return fc.constantFrom(
    text.slice(0, -1),
    `${text},`,
    `${text}${text}`,
    `\uFEFF${text}`,
    `{"__proto__":{"customerId":"x","admin":true},${inside}`,
    `{"constructor":{"prototype":{"x":1}},${inside}`,
    `{"subject":"first",${inside.replace(/}$/, ',"subject":"last"}')}`,
    `{"subject":1e400,${inside}`,
    `{"extra":${'9'.repeat(400)},${inside}`,
    `{"subject":"\\ud800",${inside}`,
    `{"subject":"\\u0000",${inside}`,
    `{"tags":${'['.repeat(2_000)}${']'.repeat(2_000)},${inside}`,
    '['.repeat(100_000),
    '{"a":'.repeat(20_000),
    text.replaceAll('"', "'"),
    `/* so */ ${text}`,
    'NaN',
    '',
    ' ',
  );
}

function otherEncoding(text: string): Arbitrary<Uint8Array> {
  const bytes = Buffer.from(text, 'utf8');
  return fc.constantFrom<Uint8Array>(
    Buffer.from(text, 'utf16le'),
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]),
    Buffer.from(text, 'latin1'),
    Buffer.concat([bytes, Buffer.from([0xc3, 0x28, 0xff])]),
    gzipSync(bytes),
    Buffer.concat([bytes.subarray(0, 1), Buffer.from([0]), bytes.subarray(1)]),
  );
}

/** Media types a body may come under: mostly the right one. */
export const mediaTypes: Arbitrary<readonly Header[]> = fc.oneof(
  { weight: 12, arbitrary: fc.constant<readonly Header[]>([['Content-Type', 'application/json']]) },
  fc.constantFrom<readonly Header[]>(
    [],
    [['Content-Type', 'application/json; charset=utf-16']],
    [['Content-Type', 'text/plain']],
    [['Content-Type', 'application/x-www-form-urlencoded']],
    [['Content-Type', 'multipart/form-data; boundary=x']],
    [['Content-Type', 'application/json, text/plain']],
    [
      ['Content-Type', 'application/json'],
      ['Content-Type', 'text/plain'],
    ],
    [
      ['Content-Type', 'application/json'],
      ['Content-Encoding', 'gzip'],
    ],
    [['Content-Type', 'APPLICATION/JSON ; x="']],
    [['Content-Type', '\u00ff\u00fe']],
  ),
);
