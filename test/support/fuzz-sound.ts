import type { OpenApiDocument, OpenApiOperation } from '../../server/openapi/types.js';
import type { MadeUpRequest } from './fuzz-requests.js';
import type { KnownValues } from './fuzz-values.js';

/**
 * One right request for every operation, made from the examples of the document, and twists of it that must be refused:
 * by them a fuzz run has met every operation before chance begins.
 */
export function soundRequests(document: OpenApiDocument, known: KnownValues): MadeUpRequest[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) => {
      const sound = soundRequest(document, known, method.toUpperCase(), path, operation);
      return [sound, ...twistsOf(sound)];
    }),
  );
}

function soundRequest(
  document: OpenApiDocument,
  known: KnownValues,
  method: string,
  path: string,
  { operationId, parameters, requestBody }: OpenApiOperation,
): MadeUpRequest {
  const ids = known[`${path.split('/')[2] ?? ''}Ids`] ?? [];
  const takes = (name: string) => parameters.some((parameter) => parameter.name === name);
  // What closes a case leaves the one of the other requests open.
  const ownIds: KnownValues = {
    ...(known['closedId'] && { reopenCase: known['closedId'] }),
    ...(known['closingId'] && { closeCase: known['closingId'] }),
    // Nobody is told again of what was revoked.
    ...(known['retryId'] && { retryNotice: known['retryId'] }),
    // What has ended can neither be cancelled nor sent on.
    ...(known['cancelId'] && { cancelInboxEntry: known['cancelId'] }),
    ...(known['forwardId'] && {
      forwardInboxEntry: known['forwardId'],
      undoInboxEntry: known['forwardId'],
    }),
  };
  const reopening = operationId === 'reopenCase';
  const example = exampleOf(document, requestBody) as object | undefined;
  const body = reopening
    ? { ...example, reason: 'not-solved' }
    : example && {
        ...example,
        ...('caseId' in example && { caseId: known['caseId']?.[0] }),
        ...('inboxId' in example && { inboxId: known['inboxId']?.[0] }),
      };
  return {
    operationId,
    method,
    path,
    id: (ownIds[operationId] ?? ids)[0] ?? '',
    query: parameters
      .filter((parameter) => parameter.in === 'query' && parameter.required)
      .map(({ name }) => `${name}=${known[name]?.[0] ?? ''}`)
      .join('&'),
    as: askerOf(operationId),
    version: takes('If-Match') ? 'current' : undefined,
    headers: takes('Idempotency-Key') ? [['Idempotency-Key', crypto.randomUUID()]] : [],
    body: requestBody && new TextEncoder().encode(body === undefined ? 'bytes' : JSON.stringify(body)),
  };
}

const administrative = new Set([
  'updateSettings',
  'listSettingsChanges',
  'createInbox',
  'updateInbox',
  'assignInboxEntry',
]);

/** Who may. */
function askerOf(operationId: string): MadeUpRequest['as'] {
  if (administrative.has(operationId)) return 'administrator';
  // Co-workers are offered to customers, without a case.
  return operationId === 'listCandidates' ? 'customer' : 'agent';
}

function exampleOf(document: OpenApiDocument, body: OpenApiOperation['requestBody']): unknown {
  const reference = body?.content['application/json']?.schema?.['$ref'];
  const name = typeof reference === 'string' ? (reference.split('/').at(-1) ?? '') : '';
  return (document.components.schemas[name]?.['examples'] as unknown[] | undefined)?.[0];
}

function twistsOf(sound: MadeUpRequest): MadeUpRequest[] {
  const guarded = sound.version !== undefined;
  const fresh = sound.headers.map(([name]) => [name, crypto.randomUUID()] as const);
  return [
    { ...sound, as: 'nobody' },
    { ...sound, query: `q=${'x'.repeat(9_000)}` },
    { ...sound, query: `q=${'x'.repeat(40_000)}` },
    // After the right one: closed is closed, open is open, and the version has moved.
    ...(guarded
      ? [
          { ...sound, headers: fresh },
          { ...sound, headers: fresh, version: '"0"' },
        ]
      : []),
    ...(guarded ? [{ ...sound, headers: fresh, version: undefined }] : []),
    ...(sound.path.includes('{id}') ? [{ ...sound, headers: fresh, id: 'nothing' }] : []),
    ...(sound.body && sound.version === undefined
      ? [{ ...sound, body: new TextEncoder().encode('{"x":') }]
      : []),
  ];
}
