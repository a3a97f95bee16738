import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** One refused field, in JSON Pointer convention. */
export interface RefusedField {
  readonly fieldName: string;
  readonly errorType: 'invalid' | 'duplicate' | 'missing';
  readonly errorMessage: string;
}

/** A refusal as the description has it: `errorCode`, `message`, and `errors` where fields are to blame. */
export function refusal(
  status: ContentfulStatusCode,
  errorCode: string,
  message: string,
  errors?: readonly RefusedField[],
  headers: Record<string, string> = {},
): HTTPException {
  const body = JSON.stringify({ errorCode, message, ...(errors && { errors }) });
  return new HTTPException(status, {
    res: new Response(body, {
      status,
      headers: { 'content-type': 'application/json;charset=UTF-8', ...headers },
    }),
  });
}

export function notThere(): HTTPException {
  return refusal(404, 'URL_NOT_FOUND', 'The URL you requested could not be found.');
}

export function unprocessable(message: string): HTTPException {
  return refusal(422, 'UNPROCESSABLE_ENTITY', message);
}

export function invalidData(...errors: RefusedField[]): HTTPException {
  return refusal(
    422,
    'INVALID_DATA',
    'The data does not comply to the validation restrictions defined.',
    errors,
  );
}

export function badField(fieldName: string, errorType: RefusedField['errorType'] = 'invalid'): RefusedField {
  return {
    fieldName: `/${fieldName}`,
    errorType,
    errorMessage: `The value of ${fieldName} is ${errorType}.`,
  };
}
