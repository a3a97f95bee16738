import type { FieldError } from '../../src/contract/problem.js';
import type { RouteId } from '../../src/contract/routes.js';
import type { CallContext, CaseBackend } from '../backend.js';
import { fieldError } from '../middleware/field-errors.js';

/** What two parameters of a list say wrongly together (CC-07). */
export function crossFieldErrors(query: unknown): FieldError[] {
  if (typeof query !== 'object' || query === null) return [];
  const given = query as Readonly<Record<string, unknown>>;
  return ranges
    .filter(([from, to]) => momentOf(given[to]) < momentOf(given[from]))
    .map(([, to]) => fieldError(to, 'empty_range'));
}

const ranges = [
  ['raisedAfter', 'raisedBefore'],
  ['dueAfter', 'dueBy'],
] as const;

function momentOf(value: unknown): number {
  return typeof value === 'string' ? Date.parse(value) : NaN;
}

/**
 * The mandatory fields that a body leaves out, where its shape was refused already: so that a caller hears of every
 * bad field at once, though it is the backend that knows which are mandatory (CC-27).
 */
export async function missingFields(
  routeId: RouteId,
  body: unknown,
  context: CallContext,
  backend: CaseBackend,
): Promise<FieldError[]> {
  const given: Record<string, unknown> = typeof body === 'object' && body !== null ? { ...body } : {};
  const names = await mandatoryFields(routeId, given, context, backend);
  return names.filter((name) => isMissing(given[name])).map((name) => fieldError(name, 'required'));
}

async function mandatoryFields(
  routeId: RouteId,
  body: Record<string, unknown>,
  context: CallContext,
  backend: CaseBackend,
): Promise<readonly string[]> {
  switch (routeId) {
    case 'createCase': {
      const { requiredFields } = await backend.getSettings(context);
      return requiredFields.newCase;
    }
    case 'createNote':
      return body['visibility'] === 'public' && context.actor.kind === 'customer'
        ? ['text']
        : body['action'] === undefined
          ? ['subject', 'text']
          : ['text'];
    case 'changeCases':
      return body['action'] === 'close' || body['action'] === 'reopen' ? ['reason', 'note'] : [];
    case 'createProject':
      return ['name'];
    case 'createProjectMessage':
      return ['text'];
    case 'closeCase':
    case 'reopenCase':
      return ['reason', 'note'];
    default:
      return [];
  }
}

function isMissing(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'string' && value.trim() === '';
}
