import { problemCodes, type ProblemCode } from '../../src/contract/problem.js';
import { operations, type WholeRoute } from '../../src/contract/inputs.js';
import type { RouteId } from '../../src/contract/routes.js';
import { descriptions } from './descriptions.js';
import { queryParameters, schemaCatalogue, type JsonSchema, type SchemaCatalogue } from './schemas.js';

/** An OpenAPI 3.1 document. */
export type OpenApiDocument = Record<string, unknown> & {
  readonly paths: Record<string, Record<string, Record<string, unknown>>>;
  readonly components: {
    readonly schemas: Record<string, JsonSchema>;
    readonly securitySchemes: Record<string, object>;
  };
};

const anywhere: readonly ProblemCode[] = ['unauthenticated', 'rate_limited', 'unavailable', 'internal'];

let document: OpenApiDocument | undefined;

/** The contract as OpenAPI 3.1, made from the route table. */
export function openApiDocument(): OpenApiDocument {
  document ??= createDocument();
  return document;
}

function createDocument(): OpenApiDocument {
  const catalogue = schemaCatalogue();
  const paths: OpenApiDocument['paths'] = {};
  for (const [routeId, route] of Object.entries(operations) as [RouteId, WholeRoute][]) {
    paths[route.path] = {
      ...paths[route.path],
      [route.method.toLowerCase()]: operation(routeId, route, catalogue),
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Casement',
      version: '1',
      description:
        'Customer cases for any page. Every error is problem details (RFC 9457) with a stable `code`; codes and fields are added, never changed.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }],
    tags: [...new Set(Object.values(descriptions).map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: catalogue.components,
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description:
            'Signed by the host: `sub`, `tenant`, `kind` and `exp`, and as they apply `roles`, `departments`, `customer`, `organisation`, `inboxes`, `name`, `email`.',
        },
      },
    },
  };
}

function operation(routeId: RouteId, route: WholeRoute, catalogue: SchemaCatalogue): Record<string, unknown> {
  const { tag, summary, description, problems } = descriptions[routeId];
  const body = requestBody(route, catalogue);
  return {
    operationId: routeId,
    tags: [tag],
    summary,
    ...(description !== undefined && { description }),
    parameters: parameters(route),
    ...(body && { requestBody: body }),
    responses: {
      [route.status]: success(route, catalogue),
      ...problemResponses([...problems, ...anywhere]),
    },
  };
}

function parameters(route: WholeRoute): object[] {
  const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string', minLength: 1, maxLength: 200 },
  }));
  const inQuery = (route.query ? queryParameters(route.query) : []).map((parameter) => ({
    ...parameter,
    in: 'query',
  }));
  return [...inPath, ...inQuery, ...headerParameters(route)];
}

function headerParameters(route: WholeRoute): object[] {
  const headers = [];
  if (route.method === 'POST') {
    headers.push({
      name: 'Idempotency-Key',
      in: 'header',
      required: true,
      description:
        'Chosen by the caller. The same key again answers the first result and writes nothing; kept 24 hours.',
      schema: { type: 'string', minLength: 1, maxLength: 200 },
    });
  }
  if (route.guarded) {
    headers.push({
      name: 'If-Match',
      in: 'header',
      required: true,
      description: 'The version that was read, as `ETag` gave it.',
      schema: { type: 'string', examples: ['"7"'] },
    });
  }
  if (route.content === 'events') {
    headers.push({
      name: 'Last-Event-ID',
      in: 'header',
      required: false,
      description: 'The `id` of the last event received: what came after it is sent first.',
      schema: { type: 'string', maxLength: 200 },
    });
  }
  return headers;
}

function requestBody(route: WholeRoute, catalogue: SchemaCatalogue): object | undefined {
  if (route.content === 'bytes') return { required: true, content: { 'application/octet-stream': {} } };
  if (!route.body) return undefined;
  return { required: true, content: { 'application/json': { schema: catalogue.refOf(route.body) } } };
}

function success(route: WholeRoute, catalogue: SchemaCatalogue): object {
  if (route.content === 'file') {
    return { description: 'The file, as a download.', content: { 'application/octet-stream': {} } };
  }
  if (route.content === 'events') {
    const schema = { type: 'string', description: 'Each `data` line is a CaseEvent.' };
    return { description: 'The stream.', content: { 'text/event-stream': { schema } } };
  }
  const schema = route.answer && catalogue.refOf(route.answer);
  return {
    description: route.status === 201 ? 'Created.' : 'As it stands now.',
    ...(isVersioned(schema, catalogue) && { headers: { ETag: { schema: { type: 'string' } } } }),
    content: { 'application/json': { schema } },
  };
}

function isVersioned(schema: JsonSchema | undefined, catalogue: SchemaCatalogue): boolean {
  const name = String(schema?.['$ref']).replace('#/components/schemas/', '');
  const properties = catalogue.components[name]?.['properties'];
  return typeof properties === 'object' && properties !== null && 'version' in properties;
}

/** One response a status, listing the codes it may carry. */
function problemResponses(codes: readonly ProblemCode[]): Record<string, object> {
  const statuses = [...new Set(codes.map((code) => problemCodes[code].status))];
  const codesOf = (status: number) =>
    [...new Set(codes)].filter((code) => problemCodes[code].status === status);
  return Object.fromEntries(
    statuses
      .map((status) => [status, codesOf(status)] as const)
      .map(([status, same]) => [
        status,
        {
          description: same.map((code) => `\`${code}\`: ${problemCodes[code].title}.`).join(' '),
          content: {
            'application/problem+json': {
              schema: {
                allOf: [
                  { $ref: '#/components/schemas/Problem' },
                  { type: 'object', properties: { code: { enum: same } } },
                ],
              },
            },
          },
        },
      ]),
  );
}
