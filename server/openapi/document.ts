import { problemCodes, type ProblemCode } from '../../src/contract/problem.js';
import { operations, type WholeRoute } from '../../src/contract/inputs.js';
import type { RouteId } from '../../src/contract/routes.js';
import { descriptions, parameterDescriptions, tagDescriptions } from './descriptions.js';
import { headerComponents, headerParameters, headersOf, problemHeaders } from './headers.js';
import { problemsOf } from './problems.js';
import { queryParameters, schemaCatalogue, type SchemaCatalogue } from './schemas.js';
import type {
  JsonSchema,
  OpenApiDocument,
  OpenApiOperation,
  OpenApiParameter,
  OpenApiResponse,
} from './types.js';

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
        'Customer cases for any page. Every error is problem details (RFC 9457) with a stable `code`; codes and fields are added, never changed. A path that is not listed answers `not_found`, a method that is not listed `method_not_allowed`.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }],
    tags: [...new Set(Object.values(descriptions).map(({ tag }) => tag))].map((name) => ({
      name,
      description: tagDescriptions[name] ?? '',
    })),
    paths,
    components: {
      schemas: catalogue.components,
      headers: headerComponents,
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description:
            'Signed by the host: `sub`, `tenant`, `kind` and `exp`, and as they apply `roles`, `departments`, `customer`, `organisation`, `inboxes`, `name`, `email`, `locale`.',
        },
      },
    },
  };
}

function operation(routeId: RouteId, route: WholeRoute, catalogue: SchemaCatalogue): OpenApiOperation {
  const { tag, summary, description } = descriptions[routeId];
  const body = requestBody(route, catalogue);
  return {
    operationId: routeId,
    tags: [tag],
    summary,
    description,
    parameters: parameters(routeId, route),
    ...(body && { requestBody: body }),
    responses: {
      [route.status]: success(route, catalogue),
      ...(route.content === 'events' && {
        204: { description: 'The backend sends no events.', headers: headersOf(), content: {} },
      }),
      ...problemResponses(problemsOf(routeId, route)),
    },
  };
}

function parameters(routeId: RouteId, route: WholeRoute): OpenApiParameter[] {
  const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path' as const,
    required: true,
    description: parameterDescriptions[name] ?? '',
    schema: { type: 'string', minLength: 1, maxLength: 200 },
  }));
  const inQuery = (route.query ? queryParameters(route.query) : []).map(({ name, ...parameter }) => ({
    name,
    in: 'query' as const,
    description: parameterDescriptions[`${routeId}.${name}`] ?? parameterDescriptions[name] ?? '',
    ...parameter,
  }));
  return [...inPath, ...inQuery, ...headerParameters(route)];
}

function requestBody(route: WholeRoute, catalogue: SchemaCatalogue): OpenApiOperation['requestBody'] {
  if (route.content === 'bytes') return { required: true, content: { 'application/octet-stream': {} } };
  if (!route.body) return undefined;
  return { required: true, content: { 'application/json': { schema: catalogue.refOf(route.body) } } };
}

function success(route: WholeRoute, catalogue: SchemaCatalogue): OpenApiResponse {
  if (route.status === 204) return { description: 'Removed.', headers: headersOf(), content: {} };
  if (route.content === 'file') {
    return {
      description: 'The file, as a download. The media type is that of the file.',
      headers: headersOf('Content-Disposition'),
      content: { '*/*': {} },
    };
  }
  if (route.content === 'csv') {
    return {
      description: 'The table, in UTF-8 with a byte order mark, lines ended by CRLF (RFC 4180).',
      headers: headersOf('Content-Disposition'),
      content: { 'text/csv': {} },
    };
  }
  if (route.content === 'events') {
    const schema = { type: 'string', description: 'Each `data` line is a CaseEvent.' };
    return {
      description: 'The stream. From this answer on nothing is missed.',
      headers: headersOf(),
      content: { 'text/event-stream': { schema } },
    };
  }
  const schema = route.answer && catalogue.refOf(route.answer);
  return {
    description: route.status === 201 ? 'Created.' : 'As it stands now.',
    headers: headersOf(
      ...(isVersioned(schema, catalogue) ? (['ETag'] as const) : []),
      ...(route.method === 'GET' ? (['Event-Position'] as const) : []),
    ),
    content: { 'application/json': { ...(schema && { schema }) } },
  };
}

function isVersioned(schema: JsonSchema | undefined, catalogue: SchemaCatalogue): boolean {
  const name = String(schema?.['$ref']).replace('#/components/schemas/', '');
  const properties = catalogue.components[name]?.['properties'];
  return typeof properties === 'object' && properties !== null && 'version' in properties;
}

/** One response a status, listing the codes it may carry. */
function problemResponses(codes: readonly ProblemCode[]): Record<string, OpenApiResponse> {
  const statuses = [...new Set(codes.map((code) => problemCodes[code].status))];
  return Object.fromEntries(
    statuses.map((status) => {
      const same = codes.filter((code) => problemCodes[code].status === status);
      return [status, problemResponse(status, same)];
    }),
  );
}

function problemResponse(status: number, codes: readonly ProblemCode[]): OpenApiResponse {
  return {
    description: codes.map((code) => `\`${code}\`: ${problemCodes[code].title}.`).join(' '),
    headers: problemHeaders(status),
    content: {
      'application/problem+json': {
        schema: {
          allOf: [
            { $ref: '#/components/schemas/Problem' },
            { type: 'object', properties: { code: { enum: codes } } },
          ],
        },
      },
    },
  };
}
