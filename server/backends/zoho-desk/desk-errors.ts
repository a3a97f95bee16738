import type { FieldError, FieldErrorCode } from '../../../src/contract/problem.js';
import { BackendError } from '../../backend-error.js';
import { jsonOf } from '../vendor-client.js';

export const vendor = 'Zoho Desk';

/** What the fields of a ticket are called in our requests. */
const ours: Readonly<Record<string, string>> = {
  subject: 'subject',
  description: 'description',
  priority: 'priority',
  classification: 'type',
  category: 'type',
  channel: 'contactMethod',
  dueDate: 'deadline',
  departmentId: 'departmentId',
  contactId: 'customerId',
  assigneeId: 'assigneeId',
  content: 'text',
  attachmentIds: 'attachmentIds',
  uploads: 'attachmentIds',
  tags: 'tags',
  sharedDepartments: 'grantees',
  status: 'status',
};

const codes: Readonly<Record<string, FieldErrorCode>> = {
  invalid: 'invalid',
  duplicate: 'duplicate',
  missing: 'required',
};

interface Refusal {
  readonly errorCode?: unknown;
  readonly message?: unknown;
  readonly errors?: unknown;
}

/** What a refusal of Zoho means to the caller. Its texts are told where they speak of the caller's own input. */
export async function refusalOf(answer: Response): Promise<BackendError> {
  const { errorCode, message, errors } = (await jsonOf(answer, vendor).catch(() => ({}))) as Refusal;
  const code = typeof errorCode === 'string' && /^[A-Z_]{1,60}$/.test(errorCode) ? errorCode : '';
  const word = code === '' ? String(answer.status) : code;
  switch (answer.status) {
    case 401:
      return ownTrouble(`does not accept the access of this gateway (${word})`);
    case 403:
      return code === 'FORBIDDEN' || code === 'UNAUTHORIZED'
        ? new BackendError('forbidden', { rule: 'backend.vendor', detail: `${vendor} does not allow this.` })
        : ownTrouble(`refuses this gateway (${word})`);
    case 404:
      return new BackendError('not_found');
    case 413:
      return new BackendError('too_large', { detail: `This is too large for ${vendor}.` });
    case 422:
      return new BackendError('validation_failed', {
        ...(typeof message === 'string' && { detail: `${vendor}: ${message.slice(0, 300)}` }),
        errors: fieldErrorsOf(errors),
      });
    default:
      return ownTrouble(`answered with ${word}`);
  }
}

/** The gateway itself is to blame, or its settings: nothing the caller can do about. */
function ownTrouble(words: string): BackendError {
  return new BackendError('unavailable', { detail: `${vendor} ${words}.` });
}

function fieldErrorsOf(errors: unknown): FieldError[] {
  if (!Array.isArray(errors)) return [];
  return errors.map((each: unknown) => {
    const { fieldName, errorType, errorMessage } = (each ?? {}) as Readonly<Record<string, unknown>>;
    const [, name = '', ...rest] = String(fieldName).split('/');
    const known = name === 'cf' ? (rest[0] ?? name) : name;
    return {
      field: Object.hasOwn(ours, known) ? (ours[known] ?? known) : known,
      code: codes[String(errorType)] ?? 'invalid',
      message:
        typeof errorMessage === 'string' && errorMessage !== ''
          ? errorMessage.slice(0, 300)
          : `${vendor} does not accept this.`,
    };
  });
}
