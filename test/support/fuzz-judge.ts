import { fromJSONSchema, type ZodType } from 'zod';

import {
  fieldErrorCodes,
  problemCodes,
  problemSchema,
  type ProblemCode,
} from '../../src/contract/problem.js';
import type { JsonSchema, OpenApiDocument, OpenApiOperation } from '../../server/openapi/types.js';
import type { RawAnswer } from './raw-http.js';

/** What of the inside of a server must not be read in an answer. */
const leaks =
  /\n\s+at |node_modules|\/server\/|syntax error|relation "|violates|invalid input|SQLSTATE|pg_|kysely/i;

/** Says what is wrong with an answer, by the document alone; nothing when all is well. */
export interface Judge {
  judge(operationId: string, answer: RawAnswer): string[];
  /** `operationId status code` of everything that was answered. */
  readonly seen: ReadonlySet<string>;
}

/** A judge by the published document: statuses, media types, codes, schemas and headers. */
export function createJudge(document: OpenApiDocument): Judge {
  const operations = new Map<string, OpenApiOperation>(
    Object.values(document.paths)
      .flatMap((methods) => Object.values(methods))
      .map((operation) => [operation.operationId, operation]),
  );
  const schemas = new Map<string, ZodType>();
  const seen = new Set<string>();

  function parserOf(schema: JsonSchema): ZodType {
    const key = JSON.stringify(schema);
    const found = schemas.get(key) ?? fromJSONSchema(selfContained(schema, document));
    schemas.set(key, found);
    return found;
  }

  function judge(operationId: string, answer: RawAnswer): string[] {
    const { status, headers, text } = answer;
    const wrong: string[] = [];
    const operation = operations.get(operationId);
    const mediaType = headers.get('content-type')?.split(';')[0] ?? '';
    const code = status >= 400 ? codeOf(text) : 'ok';
    seen.add(`${operationId} ${status} ${code}`);
    if (status >= 500) wrong.push(`answered ${status}`);
    if (headers.get('x-content-type-options') !== 'nosniff') wrong.push('may be sniffed');
    if (!headers.get('cache-control')?.includes('no-store')) wrong.push('may be kept');
    if (!headers.get('x-request-id')) wrong.push('has no request id');

    const response = operation?.responses[String(status)];
    if (response === undefined) return [...wrong, `status ${status} is not declared (${code})`];
    const [declared] = Object.entries(response.content);
    if (declared === undefined) return wrong;
    const [declaredType, { schema }] = declared;
    if (declaredType !== '*/*' && mediaType !== declaredType)
      wrong.push(`is ${mediaType}, not ${declaredType}`);
    if (status >= 400) wrong.push(...problemsWith(answer));
    if (schema && mediaType.endsWith('json')) {
      const parsed = parserOf(schema).safeParse(parsedJson(text));
      if (!parsed.success) wrong.push(`does not fit its schema: ${parsed.error.message}`);
    }
    return wrong;
  }

  return { judge, seen };
}

/** What is wrong with a refusal, whatever it refused. */
export function problemsWith({ status, headers, text }: RawAnswer): string[] {
  const wrong: string[] = [];
  if (headers.get('content-type') !== 'application/problem+json') wrong.push('is not problem details');
  if (leaks.test(text.replace(/"current":.*/, '')))
    wrong.push(`tells about the inside: ${text.slice(0, 300)}`);
  const problem = problemSchema.safeParse(parsedJson(text));
  if (!problem.success) return [...wrong, `is not a problem of the contract: ${text.slice(0, 300)}`];
  const { code, errors = [] } = problem.data;
  if (problem.data.status !== status) wrong.push(`says ${problem.data.status} under ${status}`);
  if (!(code in problemCodes)) wrong.push(`has the unknown code ${code}`);
  else if (problemCodes[code as ProblemCode].status !== status) wrong.push(`has ${code} under ${status}`);
  if (code === 'validation_failed' && errors.length === 0) wrong.push('names no field');
  const unknown = errors.filter((error) => !(fieldErrorCodes as readonly string[]).includes(error.code));
  if (unknown.length > 0)
    wrong.push(`has unknown field codes: ${unknown.map((error) => error.code).join(', ')}`);
  if (status === 401 && !headers.get('www-authenticate')?.startsWith('Bearer')) wrong.push('names no scheme');
  return wrong;
}

/** The schema with everything it refers to, for a validator that knows no document around it. */
function selfContained(schema: JsonSchema, { components }: OpenApiDocument): JsonSchema {
  const text = JSON.stringify({ ...schema, $defs: components.schemas });
  return JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/')) as JsonSchema;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function codeOf(text: string): string {
  const parsed = parsedJson(text);
  return typeof parsed === 'object' && parsed !== null && 'code' in parsed
    ? String(parsed.code)
    : 'no problem';
}
